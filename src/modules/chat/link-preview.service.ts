import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { LinkPreview } from '../../contracts/chat.js';
import {
  FetchFailed,
  GuardedFetch,
  type FetchOptions,
} from '../../infrastructure/http-fetch/guarded-fetch.js';
import { EnvironmentService } from '../environment/environment.service.js';
import type { PreviewLinksJob } from './chat.jobs.js';
import { linksIn } from './link-preview.js';
import { previewOfPage } from './link-preview-page.js';
import type { Message } from './message.js';
import { MessageRepository, type ChangeRule } from './message.repository.js';

/** The head of a page is at its beginning. */
const PAGES: FetchOptions = {
  types: ['text/html', 'application/xhtml+xml'],
  maxBytes: 256 * 1024,
  cutsLonger: true,
  timeoutMs: 5_000,
};

/**
 * Shows what is behind the links of a message: a change to it, in the order of all changes. May run twice for the
 * same message. A page that does not answer has no preview, and is not asked again.
 */
@Injectable()
export class LinkPreviewService {
  private readonly logger = new Logger(LinkPreviewService.name);

  constructor(
    private readonly messages: MessageRepository,
    private readonly environments: EnvironmentService,
    private readonly pages: GuardedFetch,
    private readonly clock: Clock,
  ) {}

  /** Rejects only for what heals by itself: a store that is away. */
  async preview({ organizationId, conversationId, messageId, rev }: PreviewLinksJob): Promise<void> {
    const message = await this.messages.find({ organizationId }, conversationId, messageId);
    if (!message) return;
    if (await this.isWanted(message)) {
      const previews = await this.previewsFor(linksIn(message.content));
      await this.store(message, previews.length > 0 ? previews : null);
    }
    await this.messages.completeTasks([{ messageId, task: 'preview', rev }]);
  }

  /** Nobody outside may learn of a note, or of what waits to be checked, not even by being asked for a page. */
  private async isWanted({ private: isNote, held, deletedAt, environmentId }: Message): Promise<boolean> {
    if (isNote || held || deletedAt || environmentId === null) return false;
    return (await this.environments.findById(environmentId))?.settings.linkPreviews ?? false;
  }

  private async previewsFor(links: readonly string[]): Promise<LinkPreview[]> {
    const previews = await Promise.all(links.map((link) => this.previewOf(link)));
    return previews.filter((preview) => preview !== null);
  }

  private async previewOf(link: string): Promise<LinkPreview | null> {
    try {
      return previewOfPage(link, await this.pages.get(link, PAGES));
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      this.logger.debug({ fault: error.fault }, 'a link has no preview');
      return null;
    }
  }

  /** Told by the relay of a node that has somebody to tell it to. */
  private async store(message: Message, previews: LinkPreview[] | null): Promise<void> {
    const { organizationId, conversationId, id } = message;
    const outbox = [{ task: 'change' as const, due: this.clock.now() }];
    try {
      await this.messages.change(
        { organizationId },
        conversationId,
        id,
        asTheyAre(message, previews),
        outbox,
      );
    } catch (error) {
      // A message that was changed too often stays as it is.
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
    }
  }
}

/** Not when the words have become others meanwhile: that change has a mark of its own. */
function asTheyAre({ content }: Message, previews: LinkPreview[] | null): ChangeRule {
  return (message) => {
    if (message.content !== content || message.private || message.deletedAt) return null;
    const isSame = JSON.stringify(message.linkPreviews) === JSON.stringify(previews);
    return isSame ? null : { linkPreviews: previews };
  };
}
