/** Of a shortcut; what is longer is a path or a date. */
const LONGEST = 40;
const COMMAND = /^\/([^\s/]*)$/u;

/** What is looked for after a `/` that begins the text; null when the text is no such thing. */
export function replyQueryIn(text: string): string | null {
  const query = COMMAND.exec(text)?.[1];
  return query !== undefined && query.length <= LONGEST ? query : null;
}

/** Without the person there is nothing to say in their place. */
export function filled(content: string, names: { user: string; agent: string }): string {
  return content
    .replaceAll(/\{\{\s*user\.name\s*\}\}/g, () => names.user)
    .replaceAll(/\{\{\s*agent\.name\s*\}\}/g, () => names.agent);
}
