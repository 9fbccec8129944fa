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

export function aVocabulary(): Vocabulary {
  return {
    korean: [...COMMON_KOREAN, ...Array.from({ length: WORDS }, () => repeated(1, 4, () => pick(SYLLABLES)))],
    english: [
      ...COMMON_ENGLISH,
      ...Array.from({ length: WORDS }, () => repeated(1, 3, () => pick(ONSETS) + pick(VOWELS) + pick(CODAS))),
    ],
  };
}

/** Ten words on average, now and then with something rare in them. */
export function sentenceOf({ korean, english }: Vocabulary, number: number): string {
  const words = number % 2 === 0 ? korean : english;
  const count = 4 + Math.floor(Math.random() * 13);
  const said = Array.from({ length: count }, () => words[zipf(words.length)]!);
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

/** Half of all words are among the first hundred or so. */
function zipf(size: number): number {
  return Math.floor(size ** Math.random()) - 1;
}

function repeated(least: number, most: number, make: () => string): string {
  const count = least + Math.floor(Math.random() * (most - least + 1));
  return Array.from({ length: count }, make).join('');
}

function pick(from: readonly string[]): string {
  return from[Math.floor(Math.random() * from.length)]!;
}
