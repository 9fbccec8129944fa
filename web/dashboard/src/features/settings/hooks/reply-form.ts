/** Letters and digits of any language. */
export const SHORTCUT = /^[\p{L}\p{N}_-]{1,40}$/u;

export const PLACEHOLDERS = ['{{user.name}}', '{{agent.name}}'] as const;

/** As the server spells it; the sign that opens the picker is no part of it. */
export function shortcutOf(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/^\//, '').toLowerCase();
}

/** The text with something put in place of what is selected, and where the caret goes. */
export function inserted(
  text: string,
  start: number,
  end: number,
  piece: string,
): { text: string; caret: number } {
  return { text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length };
}
