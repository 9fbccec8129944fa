import { expect, it } from 'vitest';
import { fileSize } from './file-size';

it('says how large a file is as a person would', () => {
  expect(['en', 'ko'].map((language) => fileSize(2, language))).toEqual(['2 bytes', '2바이트']);
  expect(['en', 'ko'].map((language) => fileSize(1_400_000, language))).toEqual(['1.4 MB', '1.4MB']);
});
