import { gramsOf, normalizeForSearch } from '../../common/text/grams.js';
import type { User } from './user.js';

/** More than the longest name, e-mail, phone and member id together can have. */
const MAX_GRAMS = 2_000;

/** What a user can be found by. A phone number is found with and without its signs. */
export function searchTextOf({ profile, memberId }: User): string {
  const digits = profile.phone?.replace(/\D/g, '');
  const parts = [profile.name, profile.email, profile.phone, digits, memberId];
  return normalizeForSearch(parts.filter((part) => part).join(' '));
}

export function searchGramsOf(searchText: string): string[] {
  return gramsOf(searchText, MAX_GRAMS);
}

/** The parts that must all occur, in any order. */
export function wordsOf(query: string): string[] {
  return normalizeForSearch(query).split(' ').filter(Boolean);
}
