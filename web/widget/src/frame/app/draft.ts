import {
  FileUploads,
  MOST_FILES,
  createClientId,
  type AttachmentView,
  type PendingItem,
  type RestClient,
  type Upload,
} from '@fast-light-chat/sdk';
import { Observable } from '../observable.js';
import type { SafeStorage } from '../storage.js';

/** Sent, but its files are still on their way. */
export interface Letter {
  key: string;
  content: string;
  createdAt: string;
  fileKeys: readonly number[];
}

export interface DraftState {
  text: string;
  fileKeys: readonly number[];
  letters: readonly Letter[];
}

export interface Attached {
  /** There was not room for all of them. */
  wasFull: boolean;
  /** By name. */
  tooLarge: string[];
}

/** Where it is kept, and who takes what is ready. */
export interface DraftPlace {
  storageKey: string;
  deliver: (content: string, attachments: AttachmentView[]) => void;
}

/**
 * What a visitor writes in one conversation. Messages leave in the order of writing, each once its files have arrived.
 * The text is kept over a reload; a page cannot keep files.
 */
export class Draft {
  readonly state: Observable<DraftState>;
  readonly uploads: FileUploads;

  constructor(
    rest: RestClient,
    private readonly storage: SafeStorage,
    private place: DraftPlace,
  ) {
    const text = storage.getItem(place.storageKey) ?? '';
    this.state = new Observable<DraftState>({ text, fileKeys: [], letters: [] });
    this.uploads = new FileUploads(rest);
    this.uploads.subscribe(() => this.depart());
  }

  /** Its conversation has come to be: what is still to leave goes there. */
  moveTo(place: DraftPlace): void {
    this.storage.removeItem(this.place.storageKey);
    this.place = place;
    this.change({});
  }

  write(text: string): void {
    this.change({ text });
  }

  /** What is too large is not even begun. */
  attach(files: readonly File[], maxBytes: number): Attached {
    const { fileKeys } = this.now;
    const fitting = files.filter(({ size }) => size <= maxBytes);
    const taken = fitting.slice(0, Math.max(0, MOST_FILES - fileKeys.length));
    const added = this.uploads.add(taken).map(({ key }) => key);
    this.change({ fileKeys: [...fileKeys, ...added] });
    const tooLarge = files.filter((file) => !fitting.includes(file)).map(({ name }) => name);
    return { wasFull: taken.length < fitting.length, tooLarge };
  }

  detach(fileKey: number): void {
    this.change({ fileKeys: this.now.fileKeys.filter((key) => key !== fileKey) });
    this.uploads.remove(fileKey);
  }

  send(): void {
    const { text, fileKeys, letters } = this.now;
    const createdAt = new Date().toISOString();
    const letter = { key: createClientId(), content: text.trim(), createdAt, fileKeys };
    this.change({ text: '', fileKeys: [], letters: [...letters, letter] });
    this.depart();
  }

  has(key: string): boolean {
    return this.letter(key) !== undefined;
  }

  retry(key: string): void {
    for (const upload of this.uploadsOf(key)) if (upload.error) this.uploads.retry(upload.key);
  }

  discard(key: string): void {
    const fileKeys = this.letter(key)?.fileKeys ?? [];
    this.forget(key);
    for (const fileKey of fileKeys) this.uploads.remove(fileKey);
  }

  /** Back into the field, before what has been written there since. */
  takeBack(key: string): void {
    const letter = this.letter(key);
    this.forget(key);
    if (letter) this.putBack(letter.content, letter.fileKeys);
  }

  /** The same for a message that the server refused: its files need no second upload. */
  restore({ content, attachments = [] }: Pick<PendingItem, 'content' | 'attachments'>): void {
    const adopted = this.uploads.adopt(attachments);
    this.putBack(
      content,
      adopted.map(({ key }) => key),
    );
  }

  filesOf(fileKeys: readonly number[]): Upload[] {
    return this.uploads.getSnapshot().filter(({ key }) => fileKeys.includes(key));
  }

  /** Of a message that has not left yet. */
  uploadsOf(key: string): Upload[] {
    return this.filesOf(this.letter(key)?.fileKeys ?? []);
  }

  /** As the timeline shows what has not left yet. */
  pendingItems(): PendingItem[] {
    return this.now.letters.map(({ key, content, createdAt, fileKeys }) => ({
      kind: 'pending',
      key,
      clientMessageId: key,
      content,
      private: false,
      createdAt,
      state: this.hasFailed(fileKeys) ? 'failed' : 'waiting',
    }));
  }

  private get now(): DraftState {
    return this.state.getSnapshot();
  }

  private letter(key: string): Letter | undefined {
    return this.now.letters.find((one) => one.key === key);
  }

  private forget(key: string): void {
    this.change({ letters: this.now.letters.filter((one) => one.key !== key) });
  }

  private putBack(content: string, fileKeys: readonly number[]): void {
    const { text, fileKeys: held } = this.now;
    this.change({ text: joined([content, text]), fileKeys: [...fileKeys, ...held] });
  }

  private hasFailed(fileKeys: readonly number[]): boolean {
    return this.filesOf(fileKeys).some(({ error }) => error !== undefined);
  }

  /** What has failed lets the others by, as in the queue of the client. */
  private depart(): void {
    const next = this.now.letters.find(({ fileKeys }) => !this.hasFailed(fileKeys));
    if (!next) return;
    const attachments = this.filesOf(next.fileKeys).flatMap(({ attachment }) => attachment ?? []);
    if (attachments.length < next.fileKeys.length) return;
    this.forget(next.key);
    this.place.deliver(next.content, attachments);
    for (const fileKey of next.fileKeys) this.uploads.remove(fileKey);
    this.depart();
  }

  private change(change: Partial<DraftState>): void {
    this.state.change(change);
    const { text, letters } = this.now;
    const kept = joined([...letters.map(({ content }) => content), text]);
    if (kept === '') this.storage.removeItem(this.place.storageKey);
    else this.storage.setItem(this.place.storageKey, kept);
  }
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
