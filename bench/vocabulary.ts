/** Words of two languages, each as frequent as its place in the list says: what people write looks like that. */
export interface Vocabulary {
  korean: string[];
  english: string[];
}

const SYLLABLES = [
  ...'가나다라마바사아자차카타파하고노도로모보소오조초기니디리미비시이지치어여요우주수부구두무은는을를의에서한할해했하면입습니까문제품배송주문결제취소확인감사안녕내일오늘오전오후전화번호사이즈색상반품접수처리담당회원가입로그인오류화면',
];
const ONSETS = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'w',
  'st',
  'tr',
  'ch',
  'sh',
  'pr',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'ai'];
const CODAS = ['', 'n', 'r', 's', 't', 'l', 'ng', 'ck', 'st'];
const COMMON_KOREAN = [
  '안녕하세요',
  '제품',
  '교환',
  '배송',
  '문의입니다',
  '주문',
  '언제',
  '감사합니다',
  '반품',
  '결제',
];
const COMMON_ENGLISH = [
  'the',
  'please',
  'refund',
  'order',
  'to',
  'my',
  'is',
  'delivery',
  'when',
  'and',
  'hello',
];
const WORDS = 20_000;

/** The same one each time, so that what is measured today and tomorrow was asked of the same words. */
export function aVocabulary(): Vocabulary {
  const random = randomFrom(1);
  return {
    korean: [
      ...COMMON_KOREAN,
      ...Array.from({ length: WORDS }, () => repeated(random, 1, 4, () => pick(random, SYLLABLES))),
    ],
    english: [
      ...COMMON_ENGLISH,
      ...Array.from({ length: WORDS }, () => repeated(random, 1, 3, () => syllable(random))),
    ],
  };
}

/** Ten words on average, now and then with something rare in them; the same for the same number. */
export function sentenceOf({ korean, english }: Vocabulary, number: number): string {
  const random = randomFrom(number);
  const words = number % 2 === 0 ? korean : english;
  const count = 4 + Math.floor(random() * 13);
  const said = Array.from({ length: count }, () => words[zipf(random, words.length)]!);
  return [...said, ...rareOf(number)].join(' ');
}

function rareOf(number: number): string[] {
  if (number === 884_213) return ['TK-884213'];
  if (number % 9_001 === 0) return ['환불금액이', '맞나요'];
  if (number % 9_007 === 0) return ['chargeback'];
  if (number % 997 === 0) return ['희귀한', '것'];
  if (number % 499 === 0) return ['東京都'];
  return [];
}

type Random = () => number;

/** Half of all words are among the first hundred or so. */
function zipf(random: Random, size: number): number {
  return Math.floor(size ** random()) - 1;
}

function syllable(random: Random): string {
  return pick(random, ONSETS) + pick(random, VOWELS) + pick(random, CODAS);
}

function repeated(random: Random, least: number, most: number, make: () => string): string {
  const count = least + Math.floor(random() * (most - least + 1));
  return Array.from({ length: count }, make).join('');
}

function pick(random: Random, from: readonly string[]): string {
  return from[Math.floor(random() * from.length)]!;
}

/** Mulberry32: even enough, and begun with a number. */
function randomFrom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
