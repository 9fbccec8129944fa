/** Of a shortcut; what is longer is a path or a date. */
const LONGEST = 40;
const COMMAND = /^\/([^\s/]*)$/u;

/** What is looked for after a `/` that begins the text; null when the text is no such thing. */
export function replyQueryIn(text: string): string | null {
  const query = COMMAND.exec(text)?.[1];
  return query !== undefined && query.length <= LONGEST ? query : null;
}

const USER_NAME = String.raw`\{\{\s*user\.name\s*\}\}`;
/** How they are addressed who have no name, in place of the name and what is said after it. */
const NAMELESS: [RegExp, string][] = [
  [new RegExp(String.raw`${USER_NAME}[ \t]*님`, 'g'), '고객님'],
  [new RegExp(String.raw`${USER_NAME}[ \t]*(?:様|さま|さん)`, 'g'), 'お客様'],
];
/** The sentence begins after it. */
const AT_BEGINNING = new RegExp(String.raw`(^|[.!?…][ \t]+)${USER_NAME}[ \t]*(?:[,!][ \t]*)?(\p{L}?)`, 'gmu');
const BEFORE_PUNCTUATION = new RegExp(String.raw`,?[ \t]*${USER_NAME}[ \t]*(?=[.,:;!?…)]|$)`, 'gm');
const BETWEEN_WORDS = new RegExp(String.raw`[ \t]*${USER_NAME}`, 'g');

export function filled(content: string, names: { user: string; agent: string }): string {
  const named = names.user
    ? content.replaceAll(new RegExp(USER_NAME, 'g'), () => names.user)
    : withoutUserName(content);
  return named.replaceAll(/\{\{\s*agent\.name\s*\}\}/g, () => names.agent);
}

/** With the name go the blank and the comma that led to it. */
function withoutUserName(content: string): string {
  return NAMELESS.reduce((text, [pattern, address]) => text.replaceAll(pattern, address), content)
    .replaceAll(AT_BEGINNING, (_match, before: string, next: string) => before + next.toUpperCase())
    .replaceAll(BEFORE_PUNCTUATION, '')
    .replaceAll(BETWEEN_WORDS, '');
}
