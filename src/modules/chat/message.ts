import { createHash } from 'node:crypto';
import type { PrincipalRef } from '../../contracts/common.js';
import type {
  LinkPreview,
  MessageState,
  MessageType,
  MessageView,
  PersonView,
  ReviewDecision,
  ThreadView,
} from '../../contracts/chat.js';
import type { WebhookPerformer } from '../../contracts/webhooks.js';
import type { Attachment } from '../file/file.js';
import type { AttachmentLinker } from './attachment.js';

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
  attachments: Attachment[];
  mentions: PrincipalRef[];
  mentionsAll: boolean;
  /** The agents whom only an edit has mentioned: they are told so apart, for they may have read it before. */
  lateMentionIds: string[] | null;
  threadRootId: string | null;
  alsoInConversation: boolean;
  thread: ThreadSummary | null;
  replyToId: string | null;
  reactions: Reaction[];
  linkPreviews: LinkPreview[] | null;
  private: boolean;
  /** For a banned word in it, until it is approved. A tombstone that never was stays so: nobody else knew of it. */
  held: boolean;
  review: Review | null;
  pinned: boolean;
  metadata: Record<string, unknown>;
  state: MessageState;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** Who reacted with it, each once, in the order in which they did. */
export interface Reaction {
  emoji: string;
  by: PrincipalRef[];
}

/** Who decided over a held message; for the record, shown to nobody. */
export interface Review {
  decision: ReviewDecision;
  by: PrincipalRef;
  at: Date;
}

/** What a message said before an edit. Not a part of the message: hardly anybody may see it. */
export interface MessageVersion {
  content: string;
  writtenAt: Date;
}

/** What is known of the replies under a message, without the deleted ones. */
export interface ThreadSummary {
  replyCount: number;
  lastReplyAt: Date;
  lastReplySeq: number;
}

/** What a message begins with, and only a change makes different. */
export const UNCHANGED = {
  rev: 0,
  lateMentionIds: null,
  thread: null,
  reactions: [],
  linkPreviews: null,
  review: null,
  pinned: false,
  editedAt: null,
  deletedAt: null,
} as const;

/** A message that has no number yet: the store gives `seq`. */
export type MessageDraft = Omit<Message, 'seq' | keyof typeof UNCHANGED> & { outbox: OutboxIntent[] };

/**
 * What is still to be done after a message was stored or changed. A new kind of work is a name here, a handler in
 * outbox-relay, and its mark where the message or the change is made.
 */
export type OutboxTask =
  | 'fanout'
  | 'change'
  | 'approval'
  | 'notify'
  | 'alert'
  | 'mention'
  | 'preview'
  | 'thread'
  | 'index'
  | OutwardTask;

/** To be told outside: that it was said, or what was done to it. */
export type OutwardTask = 'webhook' | 'webhook-change';

/** A task, and when the relay takes it over if nobody has done it by then. */
export interface OutboxIntent {
  task: OutboxTask;
  due: Date;
  /** Of a change that is to be told outside: who made it. */
  by?: WebhookPerformer;
}

/** A task of one message that is still open. `rev` says of which change; 0: of the message itself. */
export interface OutboxEntry {
  message: Message;
  task: OutboxTask;
  rev: number;
  by?: WebhookPerformer;
}

/** A task that was done, for the message as it was at `rev`, and with that for all its earlier changes. */
export interface DoneTask {
  messageId: string;
  task: OutboxTask;
  rev: number;
}

export type Listed = Pick<Message, 'type' | 'environmentId' | 'threadRootId' | 'alsoInConversation' | 'held'>;

/**
 * Is it said in the conversation itself? Events are not, nor is what is held, and between agents no reply that stays
 * in its thread: none of them is unread, nor the last message. A customer has one conversation: there every reply
 * counts.
 */
export function isListed({ type, environmentId, threadRootId, alsoInConversation, held }: Listed): boolean {
  const staysInThread = environmentId === null && threadRootId !== null && !alsoInConversation;
  return type !== 'system' && !staysInThread && !held;
}

type SaidBySender = Pick<
  Message,
  | 'content'
  | 'mentions'
  | 'mentionsAll'
  | 'threadRootId'
  | 'alsoInConversation'
  | 'replyToId'
  | 'private'
  | 'metadata'
> & { attachmentIds: readonly string[] };

/**
 * The same for the same words, whatever the order of metadata's keys. What was added to messages later counts only
 * where it is said: a message of before may still be repeated.
 */
export function hashBody(said: SaidBySender): string {
  const canonical = JSON.stringify([
    said.content,
    said.attachmentIds,
    said.mentions.map(({ type, id }) => `${type}:${id}`),
    said.threadRootId,
    said.replyToId,
    said.private,
    sortKeys(said.metadata),
    ...(said.mentionsAll ? ['mentionsAll'] : []),
    ...(said.alsoInConversation ? ['alsoInConversation'] : []),
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

/** Held, and still there to be decided over. */
export function isAwaitingReview({ held, deletedAt }: Pick<Message, 'held' | 'deletedAt'>): boolean {
  return held && deletedAt === null;
}

function toThreadView({ replyCount, lastReplyAt, lastReplySeq }: ThreadSummary): ThreadView {
  return { replyCount, lastReplyAt: lastReplyAt.toISOString(), lastReplySeq };
}

export function toMessageView(message: Message, link: AttachmentLinker): MessageView {
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
    attachments: isDeleted ? [] : message.attachments.map(link),
    mentions: isDeleted ? [] : message.mentions,
    mentionsAll: message.mentionsAll && !isDeleted,
    threadRootId: message.threadRootId,
    alsoInConversation: message.alsoInConversation,
    thread: message.thread && toThreadView(message.thread),
    replyToId: message.replyToId,
    reactions: message.reactions.map(({ emoji, by }) => ({ emoji, count: by.length, by })),
    linkPreviews: isDeleted ? [] : (message.linkPreviews ?? []),
    private: message.private,
    held: isAwaitingReview(message),
    pinned: message.pinned,
    metadata: isDeleted ? {} : message.metadata,
    state: message.state,
    createdAt: message.createdAt.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
    deletedAt: message.deletedAt?.toISOString() ?? null,
  };
}
