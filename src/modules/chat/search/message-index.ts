import type { Scope } from '../../../common/access/principal.js';
import type { ConversationKind } from '../../../contracts/chat.js';

/** What is known of a message where it is searched. Without text once it was deleted: who comes late changes nothing. */
export interface IndexedMessage {
  messageId: string;
  rev: number;
  organizationId: string;
  environmentId: string | null;
  conversationId: string;
  kind: ConversationKind;
  /** Whose conversation it is; null between agents. */
  userId: string | null;
  senderId: string;
  private: boolean;
  createdAt: Date;
  content: string;
}

/** How far the one who asks can look: their own support conversations, or all of them and some between agents. */
export type Reach = { userId: string } | { teamIds: readonly string[] };

/** A place in the results: after it come older messages. */
export interface FoundPlace {
  createdAt: Date;
  messageId: string;
}

export interface FoundMessage extends FoundPlace {
  conversationId: string;
}

export interface IndexQuery {
  reach: Reach;
  seesPrivate: boolean;
  /** Each must be there as it stands; from parseQuery. */
  terms: readonly string[];
  conversationId?: string;
  senderId?: string;
  kind?: ConversationKind;
  /** Not before. */
  from?: Date;
  /** Before. */
  to?: Date;
  after?: FoundPlace;
  limit: number;
}

/**
 * Where messages are found by what they say. Derived from the messages and at most a moment behind them: whoever
 * shows what it finds looks at the messages again.
 */
export abstract class MessageIndex {
  /** Repeatable, in any order: what is older than what is there changes nothing. */
  abstract put(messages: readonly IndexedMessage[]): Promise<void>;

  /** Without a trace, as what was erased must be. */
  abstract remove(messageIds: readonly string[]): Promise<void>;

  /** As remove, for all of some conversations. */
  abstract removeConversations(scope: Scope, conversationIds: readonly string[]): Promise<void>;

  /** Newest first. */
  abstract search(scope: Scope, query: IndexQuery): Promise<FoundMessage[]>;
}
