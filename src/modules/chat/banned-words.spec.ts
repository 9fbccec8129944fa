import { describe, expect, it } from '@jest/globals';
import { BannedWords } from './banned-words.js';

const words = new BannedWords([
  'Spam',
  '바보',
  '馬鹿',
  'ass',
  'free money',
  'ham',
  'hamster wheel',
  'c++',
  '  ',
]);

describe(BannedWords.name, () => {
  it.each([
    'spam',
    'this is SPAM!',
    'ｓｐａｍ',
    's\u200bp\u00ada\u2060m',
    '너는 바보야',
    '너는 바보야'.normalize('NFD'),
    'おまえは馬鹿だ',
    'FREE \n money for you',
    'I like c++17',
    'spamspam? spam',
    'the hamster wheel',
    '바보ham',
  ])('finds one in "%s"', (text) => {
    expect(words.isIn(text)).toBe(true);
  });

  it.each([
    '',
    'hello',
    'a class of spammers',
    'passes',
    '바 보',
    'freemoney',
    'hamster',
    'c+',
    'spam1',
    '馬と鹿',
  ])('finds none in "%s"', (text) => {
    expect(words.isIn(text)).toBe(false);
  });

  it('finds nothing where nothing is banned', () => {
    expect(BannedWords.of([]).isIn('spam')).toBe(false);
  });

  it('prepares the same list once', () => {
    expect(BannedWords.of(['a', 'b'])).toBe(BannedWords.of(['a', 'b']));
    expect(BannedWords.of(['a,b'])).not.toBe(BannedWords.of(['a', 'b']));
  });

  it('reads what is made to be slow in time that grows with its length', () => {
    const slow = new BannedWords(Array.from({ length: 200 }, (_, index) => `${'a'.repeat(index % 100)}b`));
    const read = (length: number) => {
      const text = 'a'.repeat(length);
      const startedAt = performance.now();
      expect(slow.isIn(text)).toBe(false);
      return performance.now() - startedAt;
    };
    read(100_000);
    expect(read(400_000)).toBeLessThan(1_000);
  });
});
