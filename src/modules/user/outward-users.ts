import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { EventSink, type OutwardEvent } from '../../common/events/event-sink.js';
import { newId } from '../../common/ids.js';
import type { WebhookPerformer, WebhookUser } from '../../contracts/webhooks.js';
import type { UserEvent } from './user-event.js';
import { UserRepository, type Erasure } from './user.repository.js';
import { scopeOfUser, type User } from './user.js';

const BATCH = 200;

/** Hands out what happens to users, to be told outside. What is noted on them waits until that is done. */
@Injectable()
export class OutwardUsers {
  private readonly logger = new Logger(OutwardUsers.name);

  constructor(
    private readonly users: UserRepository,
    private readonly sink: EventSink,
    private readonly clock: Clock,
  ) {}

  /** To be noted; none where nobody asks for it. */
  async note(
    environmentId: string,
    type: UserEvent['type'],
    by: WebhookPerformer,
  ): Promise<UserEvent | null> {
    if (!(await this.sink.isWanted(environmentId, type))) return null;
    return { id: newId(), type, at: this.clock.now(), by };
  }

  /** Never rejects: what could not be told is noted, and told a moment later. */
  async tell(user: User): Promise<void> {
    if (user.events.length > 0) await this.unlessAway(() => this.finish(user));
  }

  /** As tell. */
  async tellErasure(erasure: Erasure): Promise<void> {
    if (erasure.untold) await this.unlessAway(() => this.finishErasure(erasure));
  }

  /** What somebody noted before that moment and did not come to tell. */
  async tellUntold(before: Date): Promise<void> {
    for (const user of await this.users.listUntold(before, BATCH)) await this.tell(user);
    for (const erasure of await this.users.listUntoldErasures(before, BATCH)) await this.tellErasure(erasure);
  }

  private async finish(user: User): Promise<void> {
    await this.sink.record(user.events.map((event) => outwardOf(user, event, toWebhookUser(user), user.id)));
    const ids = user.events.map(({ id }) => id);
    await this.users.completeEvents(scopeOfUser(user), user.id, ids);
  }

  /** Of who was erased no more than the id is told, and what is kept of that is not theirs any more. */
  private async finishErasure(erasure: Erasure): Promise<void> {
    const { untold, userId, id, organizationId, environmentId } = erasure;
    if (!untold) return;
    const event = outwardOf(erasure, untold, { id: userId }, null);
    await this.sink.record([{ ...event, data: { ...event.data, receiptId: id } }]);
    await this.users.completeErasure({ organizationId, environmentId }, id);
  }

  private async unlessAway(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'what happened to a user is told outside later');
    }
  }
}

function outwardOf(
  { organizationId, environmentId }: Pick<User, 'organizationId' | 'environmentId'>,
  { id, type, at, by }: UserEvent,
  user: WebhookUser | { id: string },
  userId: string | null,
): OutwardEvent {
  const where = { organizationId, environmentId, conversationId: null, userId };
  return { ...where, id: `${type} ${id}`, type, at, performedBy: by, isNote: false, data: { user } };
}

function toWebhookUser(user: User): WebhookUser {
  return {
    id: user.id,
    memberId: user.memberId,
    identity: user.identity,
    profile: user.profile,
    tags: user.tags,
    language: user.language,
    blockedAt: user.blockedAt?.toISOString() ?? null,
    consentedAt: user.consentedAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
