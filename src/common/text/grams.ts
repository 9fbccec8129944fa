/** Two say little in an alphabet: most pairs of digits are in a tenth of all phone numbers. */
const LONGEST = 3;

/** Compared in one form: case, width and composition of letters do not matter in a search. */
export function normalizeForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * One, two and three characters that stand side by side in a text: an index over them finds parts of words in any
 * language, also in those that write no spaces.
 */
export function gramsOf(text: string, max = 1_500): string[] {
  const found = new Set<string>();
  for (const word of normalizeForSearch(text).split(' ')) {
    const characters = [...word];
    for (let start = 0; start < characters.length; start++) {
      for (let size = 1; size <= LONGEST && start + size <= characters.length; size++) {
        found.add(characters.slice(start, start + size).join(''));
      }
    }
  }
  return [...found].slice(0, max);
}

/** What must all be there for a text to contain the words of a query: of each the longest, which are the rarest. */
export function queryGrams(query: string): string[] {
  const found = normalizeForSearch(query)
    .split(' ')
    .flatMap((word) => {
      const longest = Math.min(LONGEST, [...word].length);
      return gramsOf(word, 120).filter((gram) => [...gram].length === longest);
    });
  return [...new Set(found)];
}

export function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
