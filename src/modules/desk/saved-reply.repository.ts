import type { Scope } from '../../common/access/principal.js';
import type { SavedReply, SavedReplyChanges } from './saved-reply.js';

export interface ReplyCursor {
  /** 0 for those whose shortcut begins with what is looked for, 1 for the rest. */
  rank: 0 | 1;
  shortcut: string;
}

export interface ReplyQuery {
  /** In shortcut, title or content; signs stand for themselves. Without it all are of rank 0. */
  text?: string;
  limit: number;
  after?: ReplyCursor;
}

export abstract class SavedReplyRepository {
  /** Throws ShortcutTaken. */
  abstract insert(reply: SavedReply): Promise<void>;
  /** By rank, then by shortcut. */
  abstract page(scope: Scope, query: ReplyQuery): Promise<SavedReply[]>;
  abstract count(scope: Scope): Promise<number>;
  /** Throws ShortcutTaken. */
  abstract update(
    scope: Scope,
    id: string,
    changes: SavedReplyChanges & { updatedAt: Date },
  ): Promise<SavedReply | null>;
  abstract remove(scope: Scope, id: string): Promise<boolean>;
}

export function rankOf({ shortcut }: Pick<SavedReply, 'shortcut'>, text = ''): 0 | 1 {
  return shortcut.startsWith(text.toLowerCase()) ? 0 : 1;
}
