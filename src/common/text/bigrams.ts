/** Compared in one form: case, width and composition of letters do not matter in a search. */
export function normalizeForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * The pairs of neighbouring characters (and the single ones) of a text: an index over them finds parts of words
 * in any language, also in those that write no spaces.
 */
export function bigramsOf(text: string, max = 400): string[] {
  const found = new Set<string>();
  for (const word of normalizeForSearch(text).split(' ')) {
    const characters = [...word];
    for (const [index, character] of characters.entries()) {
      found.add(character);
      const next = characters[index + 1];
      if (next !== undefined) found.add(character + next);
    }
  }
  return [...found].slice(0, max);
}

/** What must all be there for a text to contain the query; the caller then checks the text itself. */
export function queryBigrams(query: string): string[] {
  const all = bigramsOf(query, 40);
  const pairs = all.filter((gram) => [...gram].length > 1);
  return pairs.length > 0 ? pairs : all;
}

export function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
