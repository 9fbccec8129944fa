import type { Scope } from '../../common/access/principal.js';
import type { ConversationCounts } from '../../contracts/chat.js';

/** Enough to show; nobody counts on. */
export const COUNTED_TO = 1_000;
/** As many as an inbox is filtered by; the menu shows fewer. */
export const COUNTED_TAGS = 100;

export type InboxCounts = Omit<ConversationCounts, 'resolved'>;

export abstract class InboxCountRepository {
  /** Each up to COUNTED_TO, in a constant number of round trips. Teams in the order in which they are asked for. */
  abstract count(scope: Scope, agentId: string, teamIds: readonly string[]): Promise<InboxCounts>;
}
