import { escapeForRegExp } from '../../../common/text/grams.js';
import { searchedForm } from './grams.js';

export interface Snippet {
  text: string;
  /** Where in `text` the terms stand: start and end, in UTF-16 units. */
  ranges: [number, number][];
}

const TERMS = 10;
const SNIPPET_UNITS = 160;
/** So much of a snippet stands before the first hit. */
const LEAD_UNITS = 40;

/** Words, and phrases in quotes, as the index compares them. */
export function parseQuery(query: string): string[] {
  const parts = query.replace(/[“”„«»「」]/g, '"').matchAll(/"([^"]*)"|([^\s"]+)/g);
  const terms = [...parts].map(([, phrase, word]) => searchedForm(phrase ?? word ?? ''));
  return [...new Set(terms.filter((term) => term !== ''))].slice(0, TERMS);
}

/** Does the text say all of it? */
export function saysAll(content: string, terms: readonly string[]): boolean {
  const { folded } = fold(content);
  return terms.every((term) => patternOf(term).test(folded));
}

/** The surroundings of the first hit, with all hits in them. */
export function snippetOf(content: string, terms: readonly string[]): Snippet {
  const hits = hitsIn(content, terms);
  const [start, end] = windowAround(content, hits[0]?.[0] ?? 0);
  const before = start > 0 ? '…' : '';
  const shift = before.length - start;
  return {
    text: before + content.slice(start, end) + (end < content.length ? '…' : ''),
    ranges: hits
      .filter((hit) => hit[0] >= start && hit[1] <= end)
      .map((hit) => [hit[0] + shift, hit[1] + shift]),
  };
}

/** Ascending, and what overlaps is one. */
function hitsIn(content: string, terms: readonly string[]): [number, number][] {
  const { folded, placeOf } = fold(content);
  const hits = terms
    .flatMap((term) => [...folded.matchAll(patternOf(term))])
    .map((match): [number, number] => [placeOf(match.index), placeOf(match.index + match[0].length)])
    .sort((a, b) => a[0] - b[0]);
  return hits.reduce<[number, number][]>((joined, hit) => {
    const last = joined.at(-1);
    if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]);
    else joined.push(hit);
    return joined;
  }, []);
}

function patternOf(term: string): RegExp {
  return new RegExp(escapeForRegExp(term).replaceAll(' ', '\\s+'), 'gu');
}

interface Folded {
  folded: string;
  /** From a place in the folded text to that in the text itself. */
  placeOf: (index: number) => number;
}

/** Nearly every text keeps its length, and then its places; the others are folded letter by letter. */
function fold(content: string): Folded {
  const folded = content.normalize('NFKC').toLowerCase();
  if (folded.length === content.length) return { folded, placeOf: (index) => index };
  return foldByLetter(content);
}

function foldByLetter(content: string): Folded {
  const places: number[] = [];
  let folded = '';
  for (const { segment, index } of new Intl.Segmenter().segment(content)) {
    const letter = segment.normalize('NFKC').toLowerCase();
    for (let unit = 0; unit < letter.length; unit++) places.push(index);
    folded += letter;
  }
  return { folded, placeOf: (index) => places[index] ?? content.length };
}

function windowAround(content: string, hit: number): [number, number] {
  if (content.length <= SNIPPET_UNITS) return [0, content.length];
  const start = Math.max(0, Math.min(hit - LEAD_UNITS, content.length - SNIPPET_UNITS));
  return [wholeCharacter(content, start), wholeCharacter(content, start + SNIPPET_UNITS)];
}

/** Not between the halves of a character. */
function wholeCharacter(content: string, index: number): number {
  const isSecondHalf = /[\uDC00-\uDFFF]/.test(content.charAt(index));
  return isSecondHalf ? index - 1 : index;
}
