/** A text that agents write often, found by its shortcut. */
export interface SavedReply {
  id: string;
  organizationId: string;
  /** In one spelling: see shortcutOf. */
  shortcut: string;
  title: string;
  content: string;
  updatedAt: Date;
}

export type SavedReplyChanges = Partial<Pick<SavedReply, 'shortcut' | 'title' | 'content'>>;

/** So few that all of an organization's can be looked through for parts of words in any language. */
export const MAX_REPLIES = 1_000;

/** Letters and digits of any language. */
export const SHORTCUT = /^[\p{L}\p{N}_-]{1,40}$/u;

/** One spelling, however it was typed. */
export function shortcutOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
