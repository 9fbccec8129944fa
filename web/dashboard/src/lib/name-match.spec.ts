import { describe, expect, it } from 'vitest';
import { isNameLike } from './name-match';

describe(isNameLike, () => {
  it.each([
    ['Jihoon Park', 'par'],
    ['Jihoon Park', 'JI'],
    ['김서연', '서연'],
    ['김서연', '김서여'],
    ['김서연', 'ㄱㅅ'],
    ['김서연', '김ㅅ'],
    ['김서연', '김성'],
    ['김서연', ''],
  ])('finds %s by %s', (name, typed) => expect(isNameLike(name, typed)).toBe(true));

  it.each([
    ['Jihoon Park', 'kim'],
    ['김서연', '민'],
    ['김서연', 'ㅁ'],
  ])('does not find %s by %s', (name, typed) => expect(isNameLike(name, typed)).toBe(false));
});
