import type { EveryTenant, Scope } from '../../common/access/principal.js';
import type { Message, MessageDraft, OutboxEntry, OutboxTask } from './message.js';

export interface Appended {
  message: Message;
  /** True when this sender's clientMessageId was there before: `message` is the first one. */
  repeated: boolean;
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

  abstract find(scope: Scope, conversationId: string, messageId: string): Promise<Message | null>;

  /** Ascending. With neither bound: the newest. */
  abstract page(
    scope: Scope,
    conversationId: string,
    bounds: { beforeSeq?: number; afterSeq?: number; limit: number; seesPrivate: boolean },
  ): Promise<Message[]>;

  /** One round trip for all; zero for a conversation without messages. */
  abstract heads(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Map<string, Head>>;

  /** One round trip for all; at most `limit` messages and changes each. */
  abstract deltas(
    scope: Scope,
    from: readonly SyncFrom[],
    options: { limit: number; seesPrivate: boolean },
  ): Promise<Map<string, SyncDelta>>;

  /** Messages of others after each position, at most `cap` each. One round trip for all. */
  abstract countUnread(
    scope: Scope,
    positions: readonly ReadPosition[],
    options: { cap: number; seesPrivate: boolean },
  ): Promise<Map<string, number>>;

  /** What others said after a position, ascending: the content of a notification. */
  abstract listUnread(
    scope: Scope,
    position: ReadPosition,
    options: { limit: number; seesPrivate: boolean },
  ): Promise<Message[]>;

  /** Takes a task off messages that it was done for, and puts off the rest to `nextDue`. */
  abstract completeTask(messageIds: readonly string[], task: OutboxTask, nextDue: Date): Promise<void>;

  /** Takes a task off what one side said in a conversation up to a number. */
  abstract completeTaskUpTo(
    scope: Scope,
    conversationId: string,
    upToSeq: number,
    task: OutboxTask,
    saidBy: Side,
  ): Promise<void>;

  /** Overdue entries of every tenant, leased to the caller until `leaseUntil`: nobody else gets them before. */
  abstract claimOverdue(now: Date, leaseUntil: Date, limit: number): Promise<OutboxEntry[]>;

  abstract eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<number>;
}
