import type { User } from './user.js';

const MAX_GRAMS_PER_QUERY = 16;

/**
 * What a user can be found by. One and two characters in a row are indexed instead of words, because Korean and
 * Japanese do not separate words by spaces and a family name is often a single character.
 */
export function searchTextOf({ profile, memberId }: User): string {
  const digits = profile.phone?.replace(/\D/g, '');
  const parts = [profile.name, profile.email, profile.phone, digits, memberId];
  return normalize(parts.filter((part) => part).join('\n'));
}

export function gramsOf(searchText: string): string[] {
  const grams = new Set<string>();
  for (const word of searchText.split(' ')) {
    const characters = [...word];
    characters.forEach((character, index) => {
      grams.add(character);
      const next = characters[index + 1];
      if (next !== undefined) grams.add(character + next);
    });
  }
  return [...grams];
}

/** The parts that must all occur, in any order. */
export function wordsOf(query: string): string[] {
  return normalize(query).split(' ').filter(Boolean);
}

/** What the index is asked for: a word of two characters or more by its pairs only. */
export function queryGramsOf(words: readonly string[]): string[] {
  const grams = words.flatMap((word) => {
    const pairs = gramsOf(word).filter((gram) => [...gram].length === 2);
    return pairs.length > 0 ? pairs : gramsOf(word);
  });
  return [...new Set(grams)].slice(0, MAX_GRAMS_PER_QUERY);
}

function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
