import type { AttachmentView } from '../../contracts/chat.js';

export interface FileOwner {
  type: 'agent' | 'user' | 'partner';
  id: string;
}

/** `uploaded`: its owner may attach it. `deleted`: nobody gets it any more, its bytes go soon. */
export type FileState = 'uploaded' | 'attached' | 'deleted';

/** What a file belongs to once it was sent. */
export interface Attached {
  /** The message, in words that are the same for each try to send it. */
  to: string;
  conversationId: string;
  /** In a note between agents. */
  isPrivate: boolean;
}

export interface StoredFile {
  id: string;
  organizationId: string;
  /** Null: of an agent, and not yet in a conversation of an environment. */
  environmentId: string | null;
  owner: FileOwner;
  state: FileState;
  attached: Attached | null;
  name: string;
  mimeType: string;
  size: number;
  width: number | null;
  height: number | null;
  /** Random: it tells nobody whose file it is. */
  storageKey: string;
  hasThumbnail: boolean;
  createdAt: Date;
}

/** What a message keeps of a file. A link is made anew whenever it is shown. */
export type Attachment = Omit<AttachmentView, 'url' | 'thumbnailUrl'>;

export type FileVariant = 'original' | 'thumbnail';

export function toAttachment({ id, name, mimeType, size, width, height }: StoredFile): Attachment {
  return width === null || height === null
    ? { id, name, mimeType, size }
    : { id, name, mimeType, size, width, height };
}

export function isPicture(mimeType: string): boolean {
  return mimeType.startsWith('image/');
}

export function thumbnailKeyOf({ storageKey }: Pick<StoredFile, 'storageKey'>): string {
  return `${storageKey}-thumbnail`;
}

export function isOwnedBy({ owner }: StoredFile, { type, id }: FileOwner): boolean {
  return owner.type === type && owner.id === id;
}
