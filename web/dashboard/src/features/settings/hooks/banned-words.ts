/** As the server takes them. */
export const MOST_WORDS = 200;
export const WORD_MAX = 100;

/** One in a line, so that several words can stand together; each once. */
export function parseWords(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))];
}
