import { describe, expect, it } from '@jest/globals';
import { saidIn } from './notice-words.js';

describe(saidIn, () => {
  it('says what was said, and of files that they were sent', () => {
    expect(saidIn({ content: '안녕하세요' }, 'ko')).toBe('안녕하세요');
    expect(saidIn({ content: ' ' }, 'en')).toBe('sent a file');
  });

  it('shows that there is more where it is cut', () => {
    expect(saidIn({ content: 'a'.repeat(200) }, 'en')).toBe('a'.repeat(200));
    expect(saidIn({ content: 'a'.repeat(201) }, 'en')).toBe(`${'a'.repeat(200)}…`);
  });
});
