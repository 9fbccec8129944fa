import { toChatError } from './chat-error.js';
import type { RestClient } from './rest-client.js';
import type { AttachmentView } from './wire.js';

/** Whoever begins to load a little before the end still gets there. */
const MARGIN_MS = 10_000;
const ONCE_PER_MS = 60_000;

interface Asked {
  at: number;
  answer: Promise<AttachmentView>;
  /** Once it has been answered. */
  file?: AttachmentView;
}

interface LinkClick {
  currentTarget: EventTarget | null;
  preventDefault(): void;
}

/**
 * Links to files end after some minutes, and pages stay open for longer: here are fresh ones. Those of a file are
 * asked for at most once a minute, however many want them and however wrong the clock is.
 */
export class FileLinks {
  private readonly asked = new Map<string, Asked>();

  constructor(
    private readonly rest: Pick<RestClient, 'request'>,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** The file with the newest links that are known here. */
  newest(file: AttachmentView): AttachmentView {
    const known = this.asked.get(file.id)?.file;
    return known && endOf(known) > endOf(file) ? known : file;
  }

  /** Rejects as the request does; what was only a matter of time may be asked for again at once. */
  renew({ id }: AttachmentView): Promise<AttachmentView> {
    const before = this.asked.get(id);
    if (before && this.isRecent(before)) return before.answer;
    const answer = this.rest.request<AttachmentView>('GET', `/v1/files/${id}`);
    const asked: Asked = { at: this.now(), answer, file: before?.file };
    this.asked.set(id, asked);
    answer.then(
      (file) => (asked.file = file),
      (error: unknown) => toChatError(error).retryable && this.asked.delete(id),
    );
    return answer;
  }

  /** Whether its links can be used now. */
  isGood(file: AttachmentView): boolean {
    const asked = this.asked.get(file.id);
    const isFresh = asked?.file !== undefined && this.isRecent(asked);
    return isFresh || endOf(this.newest(file)) - MARGIN_MS > this.now();
  }

  /** For each click on a link to the file: one that has ended is renewed first, and clicked again. */
  async follow(click: LinkClick, file: AttachmentView): Promise<void> {
    const link = click.currentTarget as HTMLAnchorElement;
    if (this.isGood(file)) {
      // The page may not have drawn the newest one yet.
      link.href = this.newest(file).url;
      return;
    }
    click.preventDefault();
    link.href = (await this.renew(file)).url;
    link.click();
  }

  private isRecent({ at }: Asked): boolean {
    return this.now() - at < ONCE_PER_MS;
  }
}

/** Never, when it does not say. */
function endOf({ url }: AttachmentView): number {
  const expires = /[?&]expires=(\d+)/.exec(url)?.[1];
  return expires === undefined ? Infinity : Number(expires);
}
