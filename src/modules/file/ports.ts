import type { Principal } from '../../common/access/principal.js';

/** What this module asks of whoever holds the conversations, which stands to its right and may not be imported. */
export abstract class FileAudience {
  /** May the caller see what is in this conversation, and its notes if it is in one? */
  abstract maySee(principal: Principal, conversationId: string, isPrivate: boolean): Promise<boolean>;
}
