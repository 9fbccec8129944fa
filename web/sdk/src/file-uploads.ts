import { toChatError, uploadLostError, type ChatError } from './chat-error.js';
import type { RestClient } from './rest-client.js';
import type { AttachmentView } from './wire.js';

/** As many as a message may have. */
export const MOST_FILES = 10;
/** A browser opens few connections to one server, and other requests want some of them. */
const MOST_AT_ONCE = 3;

export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** Null of what an earlier page, or a message, had. */
  readonly file: File | null;
  /** From 0 to 1. */
  readonly progress: number;
  /** Set once it has arrived. */
  readonly attachment?: AttachmentView;
  /** Set when it was refused or broke off. */
  readonly error?: ChatError;
}

/** What an app may keep of an upload when its page ends. */
export type KeptUpload = Pick<Upload, 'name' | 'size' | 'attachment'>;

/** The files of a message that is being written: they leave at once, so that sending need not wait for long. */
export class FileUploads {
  private uploads: readonly Upload[] = [];
  private lastKey = 0;
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly rest: Pick<RestClient, 'uploadFile'>) {}

  readonly getSnapshot = (): readonly Upload[] => this.uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Begins to upload them, a few at a time. Answers the new ones. */
  add(files: readonly File[]): Upload[] {
    return this.append(files.map((file) => ({ name: file.name, size: file.size, file, progress: 0 })));
  }

  /** Takes in files of a message that was not sent: they need no second upload. */
  adopt(attachments: readonly AttachmentView[]): Upload[] {
    return this.restore(
      attachments.map((attachment) => ({ name: attachment.name, size: attachment.size, attachment })),
    );
  }

  /** Takes in what an earlier page had. Of what had not arrived only the name is left, and the `error` says so. */
  restore(kept: readonly KeptUpload[]): Upload[] {
    return this.append(
      kept.map(({ name, size, attachment }) => ({
        name,
        size,
        file: null,
        ...(attachment ? { attachment, progress: 1 } : { error: uploadLostError(), progress: 0 }),
      })),
    );
  }

  /** Of one with an `error`, while there is a `file` to send. */
  retry(key: number): void {
    if (!this.uploads.some((upload) => upload.key === key && upload.file)) return;
    this.change(key, { error: undefined, progress: 0 });
    this.run();
  }

  /** Stops it when it is still on its way. */
  remove(key: number): void {
    this.running.get(key)?.abort();
    this.set(this.uploads.filter((upload) => upload.key !== key));
  }

  /** Removes all. */
  clear(): void {
    for (const { key } of this.uploads) this.remove(key);
  }

  private append(uploads: readonly Omit<Upload, 'key'>[]): Upload[] {
    const added = uploads.map((upload) => ({ ...upload, key: ++this.lastKey }));
    this.set([...this.uploads, ...added]);
    this.run();
    return added;
  }

  private run(): void {
    const waiting = this.uploads.filter((upload) => isWaiting(upload) && !this.running.has(upload.key));
    const room = Math.max(0, MOST_AT_ONCE - this.running.size);
    for (const { key, file } of waiting.slice(0, room)) if (file) void this.start(key, file);
  }

  private async start(key: number, file: File): Promise<void> {
    const ending = new AbortController();
    this.running.set(key, ending);
    const onProgress = (progress: number): void => this.change(key, { progress });
    try {
      const attachment = await this.rest.uploadFile(file, { onProgress, signal: ending.signal });
      this.change(key, { attachment, progress: 1 });
    } catch (error) {
      this.change(key, { error: toChatError(error) });
    }
    this.running.delete(key);
    this.run();
  }

  private change(key: number, news: Partial<Upload>): void {
    this.set(this.uploads.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)));
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of [...this.listeners]) listener();
  }
}

function isWaiting({ attachment, error }: Upload): boolean {
  return attachment === undefined && error === undefined;
}
