import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from './accept-language.js';

describe(preferredLanguage.name, () => {
  it.each([
    ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['ja,ko;q=0.5', 'ko'],
    ['en;q=0.4, KO ; q=0.6', 'ko'],
    ['ko;q=0', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    [';;q=,ko=;\u0000', 'en'],
    [undefined, 'en'],
  ])('takes %j for %s', (header, language) => {
    expect(preferredLanguage(header, ['ko', 'en'])).toBe(language);
  });
});
