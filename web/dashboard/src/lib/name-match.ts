const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const PER_CONSONANT = 588;
const PER_VOWEL = 28;
const CONSONANTS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const FINALS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/** Is it a name of which this much was typed? Any part of it, in Hangul also by first consonants or half a syllable. */
export function isNameLike(name: string, typed: string): boolean {
  const held = [...name.toLowerCase()];
  return readings([...typed.trim().toLowerCase()]).some((wanted) =>
    [...held, ''].some((_char, start) => wanted.every((char, index) => isBegun(held[start + index], char))),
  );
}

/** The last consonant of what is being composed may yet become the first one of the next syllable. */
function readings(typed: string[]): string[][] {
  const code = (typed.at(-1)?.charCodeAt(0) ?? 0) - FIRST_SYLLABLE;
  const final = code >= 0 && code <= LAST_SYLLABLE - FIRST_SYLLABLE ? code % PER_VOWEL : 0;
  if (final === 0) return [typed];
  const open = String.fromCharCode(FIRST_SYLLABLE + code - final);
  return [typed, [...typed.slice(0, -1), open, FINALS[final]!]];
}

function isBegun(char: string | undefined, typed: string): boolean {
  if (char === undefined) return false;
  if (CONSONANTS.includes(typed)) return firstConsonant(char) === typed;
  return char.normalize('NFD').startsWith(typed.normalize('NFD'));
}

function firstConsonant(char: string): string {
  const code = char.charCodeAt(0);
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return char;
  return CONSONANTS[Math.floor((code - FIRST_SYLLABLE) / PER_CONSONANT)]!;
}
