import type { EveryTenant, Scope } from '../../common/access/principal.js';
import type { BacklogState } from '../../infrastructure/queue/backlog.js';
import type { MessageChange } from './message-change.js';
import type { Sight } from './message-sight.js';
import type {
  DoneTask,
  Message,
  MessageDraft,
  MessageVersion,
  OutboxEntry,
  OutboxIntent,
  OutboxTask,
  ThreadSummary,
} from './message.js';

export interface Appended {
  message: Message;
  /** True when this sender's clientMessageId was there before: `message` is the first one. */
  repeated: boolean;
}

/**
 * Decides from what is stored, and from which agents were told that it mentions them, what becomes of it: null for no
 * difference. Throws what speaks against it.
 */
export type ChangeRule = (message: Message, toldIds: readonly string[]) => MessageChange | null;

export interface Changed {
  message: Message;
  /** False when it was so already: nothing was stored, and no number used. */
  changed: boolean;
  /** What is to be done for it, as the rule has found. */
  tasks: OutboxTask[];
}

/** A place in a conversation's messages and changes that a client has reached. */
export interface SyncFrom {
  conversationId: string;
  afterSeq: number;
  afterRev: number;
}

export interface SyncDelta {
  messages: Message[];
  changes: Message[];
  headSeq: number;
  headRev: number;
}

export interface Head {
  headSeq: number;
  headRev: number;
}

export interface PinBounds {
  beforeSeq?: number;
  limit: number;
  seesPrivate: boolean;
}

export interface PageBounds {
  beforeSeq?: number;
  afterSeq?: number;
  threadRootId?: string;
  limit: number;
}

/** How far somebody has read a conversation. Their own messages never count as unread. */
export interface ReadPosition {
  conversationId: string;
  afterSeq: number;
  senderKey: string;
}

/** Whose words: the user's, or those of everybody else. */
export type Side = 'user' | 'others';

/** The ordered, append-only record of what was said. Its unique indexes are the sequencer. */
export abstract class MessageRepository {
  /**
   * Stores durably at highest + 1. A repeated clientMessageId answers the first message.
   * Throws IdempotencyConflict when its body differs, ConversationBusy when no number could be had.
   */
  abstract append(scope: Scope, draft: MessageDraft): Promise<Appended>;

  /**
   * Stores what the rule makes of a message under the conversation's next `rev`, durably and in one write; asks the
   * rule again when another change was faster. Null when there is no such message. Throws what the rule throws,
   * TooManyChanges, and ConversationBusy when no number could be had.
   */
  abstract change(
    scope: Scope,
    conversationId: string,
    messageId: string,
    rule: ChangeRule,
    outbox: readonly OutboxIntent[],
  ): Promise<Changed | null>;

  abstract find(scope: Scope, conversationId: string, messageId: string): Promise<Message | null>;

  /** The one that files are attached to under this key; see attachmentKeyOf. */
  abstract findByFiles(scope: Scope, conversationId: string, attachmentKey: string): Promise<Message | null>;

  /** Those of them that are there, of whatever conversations, in no order. */
  abstract findMany(scope: Scope | EveryTenant, messageIds: readonly string[]): Promise<Message[]>;

  /** What it said before its edits, the newest 20, oldest first. Null when there is no such message. */
  abstract versions(
    scope: Scope,
    conversationId: string,
    messageId: string,
  ): Promise<MessageVersion[] | null>;

  /** Answers those agents who had not been told yet that this message mentions them; to one caller only. */
  abstract claimMentions(
    scope: Scope,
    conversationId: string,
    messageId: string,
    agentIds: readonly string[],
  ): Promise<string[]>;

  /** Ascending. With neither bound: the newest. With `threadRootId`: of the replies in that thread. */
  abstract page(scope: Scope, conversationId: string, bounds: PageBounds & Sight): Promise<Message[]>;

  /** Descending. */
  abstract listPinned(scope: Scope, conversationId: string, bounds: PinBounds): Promise<Message[]>;

  /**
   * Counted from the replies that are stored, without deleted and held ones and those that not everybody who sees
   * the root may see; null when there are none.
   */
  abstract countReplies(scope: Scope, root: Message): Promise<ThreadSummary | null>;

  /** One round trip for all; zero for a conversation without messages. */
  abstract heads(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Map<string, Head>>;

  /** One round trip for all; at most `limit` messages and changes each. */
  abstract deltas(
    scope: Scope,
    from: readonly SyncFrom[],
    options: { limit: number } & Sight,
  ): Promise<Map<string, SyncDelta>>;

  /** Those of others after each position that are there for all, at most `cap` each. One round trip for all. */
  abstract countUnread(
    scope: Scope,
    positions: readonly ReadPosition[],
    options: { cap: number; seesPrivate: boolean },
  ): Promise<Map<string, number>>;

  /** What of theirs is there for all, after a position, ascending: the content of a notification. */
  abstract listUnread(
    scope: Scope,
    position: ReadPosition,
    options: { limit: number; seesPrivate: boolean },
  ): Promise<Message[]>;

  /** What waits to be checked in all conversations, newest first, before the one with this id. */
  abstract listHeld(scope: Scope, page: { beforeId: string | null; limit: number }): Promise<Message[]>;

  /**
   * Takes tasks off the messages that they were done for, and counts the messages (each change of one by itself) that
   * are still there. One round trip.
   */
  abstract completeTasks(done: readonly DoneTask[]): Promise<number>;

  /** Takes a task off what one side said in a conversation up to a number. */
  abstract completeTaskUpTo(
    scope: Scope,
    conversationId: string,
    upToSeq: number,
    task: OutboxTask,
    saidBy: Side,
  ): Promise<void>;

  /**
   * Overdue tasks of every tenant, leased to the caller: nobody else gets them before the lease is over. Each lease
   * of the same task is twice as long as the one before, up to five minutes, so that what fails again and again
   * does not keep others waiting. Three round trips for the tasks of any number of messages up to `limit`.
   */
  abstract claimOverdue(now: Date, leaseMs: number, limit: number): Promise<OutboxEntry[]>;

  /** How many messages have tasks that are overdue, at most so many, and since when the first of them is. */
  abstract overdue(now: Date, limit: number): Promise<BacklogState>;

  abstract eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<number>;
}
