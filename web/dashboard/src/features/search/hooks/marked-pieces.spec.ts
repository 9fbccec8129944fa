import { describe, expect, it } from 'vitest';
import { markedPieces } from './marked-pieces';

const found = (text: string, ...ranges: [number, number][]) =>
  markedPieces(text, ranges).map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text));

describe(markedPieces, () => {
  it('cuts where what was found stands', () => {
    expect(found('제품 교환 문의입니다', [3, 5])).toEqual(['제품 ', '[교환]', ' 문의입니다']);
    expect(found('ab ab', [3, 5], [0, 2])).toEqual(['[ab]', ' ', '[ab]']);
  });

  it('shows every letter once, whatever the ranges are', () => {
    expect(found('abc', [0, 2], [1, 3])).toEqual(['[ab]', '[c]']);
    expect(found('abc', [0, 3], [1, 2])).toEqual(['[abc]']);
    expect(found('abc', [1, 9]).join('')).toBe('a[bc]');
    expect(found('abc')).toEqual(['abc']);
    expect(found('')).toEqual([]);
  });
});
