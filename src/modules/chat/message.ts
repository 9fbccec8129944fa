import { createHash } from 'node:crypto';
import type { PrincipalRef } from '../../contracts/common.js';
import type {
  AttachmentView,
  MessageState,
  MessageType,
  MessageView,
  PersonView,
} from '../../contracts/chat.js';

export interface Message {
  id: string;
  organizationId: string;
  environmentId: string | null;
  conversationId: string;
  seq: number;
  rev: number;
  clientMessageId: string | null;
  /** Of all that the sender said; tells a repeat from another message under the same clientMessageId. */
  bodyHash: string;
  type: MessageType;
  sender: PersonView;
  content: string;
  attachments: AttachmentView[];
  mentions: PrincipalRef[];
  threadRootId: string | null;
  replyToId: string | null;
  private: boolean;
  pinned: boolean;
  metadata: Record<string, unknown>;
  state: MessageState;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** A message that has no number yet: the store gives `seq`. */
export type MessageDraft = Omit<Message, 'seq' | 'rev' | 'editedAt' | 'deletedAt' | 'pinned'> & {
  tasks: OutboxTask[];
};

/** What is still to be done after a message was stored. A new kind of work is a name here and a handler in outbox-relay. */
export type OutboxTask = 'fanout' | 'notify';

export interface OutboxEntry {
  message: Message;
  tasks: OutboxTask[];
}

type SaidBySender = Pick<
  Message,
  'content' | 'mentions' | 'threadRootId' | 'replyToId' | 'private' | 'metadata'
> & { attachmentIds: readonly string[] };

/** The same for the same words, whatever the order of metadata's keys. */
export function hashBody(said: SaidBySender): string {
  const canonical = JSON.stringify([
    said.content,
    said.attachmentIds,
    said.mentions.map(({ type, id }) => `${type}:${id}`),
    said.threadRootId,
    said.replyToId,
    said.private,
    sortKeys(said.metadata),
  ]);
  return createHash('sha256').update(canonical).digest('base64url').slice(0, 22);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}

const PREVIEW_CHARACTERS = 200;

/** Short enough for lists; never cuts a character in half. */
export function previewOf(content: string): string {
  if (content.length <= PREVIEW_CHARACTERS) return content;
  const cut = content.slice(0, PREVIEW_CHARACTERS);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

export function toMessageView(message: Message): MessageView {
  const isDeleted = message.deletedAt !== null;
  return {
    id: message.id,
    conversationId: message.conversationId,
    seq: message.seq,
    rev: message.rev,
    clientMessageId: message.clientMessageId,
    type: message.type,
    sender: message.sender,
    content: isDeleted ? '' : message.content,
    attachments: isDeleted ? [] : message.attachments,
    mentions: isDeleted ? [] : message.mentions,
    threadRootId: message.threadRootId,
    replyToId: message.replyToId,
    reactions: [],
    private: message.private,
    pinned: message.pinned,
    metadata: isDeleted ? {} : message.metadata,
    state: message.state,
    createdAt: message.createdAt.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  };
}
