import { normalizeForSearch } from '../../../common/text/grams.js';

/** Scripts in which a word may be one letter long, or has no space before it. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー\p{Extended_Pictographic}]/u;
/** Digits count as pictographs in Unicode, for the keycaps. */
const DIGIT = /\p{N}/u;
const RUN = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu;

interface Grams {
  /** Rare enough to look for: three letters of an alphabet, two of a script that says more with each. */
  long: string[];
  /** The beginnings of words, and single letters of dense scripts. */
  short: string[];
}

/** Everything by which a text can be found, as numbers: small, and their collisions only widen a search. */
export function gramsOf(content: string): number[] {
  const { long, short } = split(searchedForm(content));
  return [...new Set([...long, ...short].map(numberOf))];
}

/** What a text must have at least to contain all terms. Empty: nothing in them can be looked for. */
export function gramsOfTerms(terms: readonly string[]): number[] {
  const grams = terms.map(split);
  const long = grams.flatMap((one) => one.long);
  const wanted = long.length > 0 ? long : grams.flatMap((one) => one.short);
  return [...new Set(wanted.map(numberOf))];
}

/** A fact about a message that a search may ask for, among its grams: one index then answers to all at once. */
export function factGram(
  name: 'organization' | 'environment' | 'conversation' | 'user' | 'sender' | 'kind',
  value: string,
): number {
  return numberOf(`${name}=${value}`);
}

/** As the index compares it; stores refuse halves of characters and NUL. */
export function searchedForm(content: string): string {
  return normalizeForSearch(content.toWellFormed().replaceAll('\0', ' '));
}

interface Part {
  letters: string[];
  isDense: boolean;
}

function split(text: string): Grams {
  const grams: Grams = { long: [], short: [] };
  let before: { part: Part; end: number } | undefined;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const parts = partsOf([...run]);
    for (const part of parts) addGrams(grams, part);
    const isNext = before !== undefined && text.slice(before.end, index) === ' ';
    if (isNext) grams.long.push(...seamOf(before!.part, parts[0]!));
    before = { part: parts.at(-1)!, end: index + run.length };
  }
  return grams;
}

/** Where one word ends and the next begins: what makes a phrase of common words rarer than its words. */
function seamOf(left: Part, right: Part): string[] {
  const end = left.letters.slice(left.isDense ? -1 : -2);
  const beginning = right.letters.slice(0, right.isDense ? 1 : 2);
  const isWhole = end.length === (left.isDense ? 1 : 2) && beginning.length === (right.isDense ? 1 : 2);
  return isWhole ? [`${end.join('')} ${beginning.join('')}`] : [];
}

/** A run may change its script in the middle, as in "iPhone교환". */
function partsOf(letters: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (const letter of letters) {
    const isDense = DENSE.test(letter) && !DIGIT.test(letter);
    const last = parts.at(-1);
    if (last?.isDense === isDense) last.letters.push(letter);
    else parts.push({ letters: [letter], isDense });
  }
  return parts;
}

function addGrams(grams: Grams, { letters, isDense }: Part): void {
  const size = isDense ? 2 : 3;
  for (let start = 0; start + size <= letters.length; start++) {
    grams.long.push(letters.slice(start, start + size).join(''));
  }
  if (isDense) grams.short.push(...letters);
  else grams.short.push(...beginningsOf(letters));
}

function beginningsOf(letters: readonly string[]): string[] {
  const one = `^${letters[0]}`;
  return letters[1] === undefined ? [one] : [one, one + letters[1]];
}

/** FNV-1a, as a signed 32-bit number. */
function numberOf(gram: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at++) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
  return hash | 0;
}
