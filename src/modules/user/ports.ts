import type { EnvironmentScope, Scope } from '../../common/access/principal.js';

/**
 * What the user module needs of whoever holds the users' conversations. It is asked by port, since that module
 * stands to the right of this one and may not be imported.
 */
export abstract class UnreadCounter {
  /** Unread messages of each user over all its conversations, exact to 99, then 100; absent means none. */
  abstract countFor(scope: Scope, userIds: readonly string[]): Promise<Map<string, number>>;
}

export interface ErasedContent {
  conversations: number;
  messages: number;
}

export abstract class UserContentEraser {
  /** Removes what the user wrote and what tells of them. Goes on where an interrupted run ended. */
  abstract erase(scope: EnvironmentScope, userId: string): Promise<ErasedContent>;
}

export abstract class UserContentExporter {
  /** One object per line of the export, in the shapes of the wire. */
  abstract export(scope: EnvironmentScope, userId: string): AsyncIterable<object>;
}
