import { describe, expect, it } from 'vitest';
import { keysOf } from './command-keys';

const press = (fields: Partial<Parameters<typeof keysOf>[0]>) =>
  keysOf({ key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...fields });

describe(keysOf, () => {
  it('says letters as they are, and by position where they are of another script', () => {
    expect(press({ key: 'j', code: 'KeyJ' })).toBe('j');
    expect(press({ key: 'ㅓ', code: 'KeyJ' })).toBe('j');
    expect(press({ key: 'Process', code: 'KeyJ' })).toBe('j');
    // On a French keyboard the letter counts, wherever it is.
    expect(press({ key: 'a', code: 'KeyQ' })).toBe('a');
  });

  it('tells a shifted letter, and takes a shifted sign for what it is', () => {
    expect(press({ key: 'X', code: 'KeyX', shiftKey: true })).toBe('shift+x');
    expect(press({ key: '?', code: 'Slash', shiftKey: true })).toBe('?');
    expect(press({ key: 'Process', code: 'Slash', shiftKey: true })).toBe('?');
    expect(press({ key: '/', code: 'Slash' })).toBe('/');
  });

  it('takes Ctrl and Cmd for the same, and leaves Alt alone', () => {
    expect(press({ key: 'k', code: 'KeyK', ctrlKey: true })).toBe('mod+k');
    expect(press({ key: 'ㅏ', code: 'KeyK', metaKey: true })).toBe('mod+k');
    expect(press({ key: 'k', code: 'KeyK', altKey: true })).toBe('');
  });
});
