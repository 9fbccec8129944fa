import { describe, expect, it, vi } from 'vitest';
import { createPageStorage, createSafeStorage, isBlocked } from './storage.js';

const blocked = (): Storage => {
  throw new DOMException('blocked', 'SecurityError');
};

describe(isBlocked, () => {
  it('is known by using it', () => {
    expect(isBlocked(blocked)).toBe(true);
    expect(isBlocked()).toBe(false);
  });
});

describe(createSafeStorage, () => {
  it('lasts as long as the page where it is blocked', () => {
    const storage = createSafeStorage(blocked);
    storage.setItem('a', '1');
    expect(storage.getItem('a')).toBe('1');
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
  });
});

describe(createPageStorage, () => {
  it('begins with what the page has kept, and says what is new', () => {
    const keep = vi.fn();
    const storage = createPageStorage([['visitor', 'v1']], keep);
    expect(storage.getItem('visitor')).toBe('v1');
    storage.setItem('visitor', 'v1');
    storage.setItem('visitor', 'v2');
    storage.removeItem('visitor');
    storage.removeItem('visitor');
    expect(storage.getItem('visitor')).toBeNull();
    expect(keep.mock.calls).toEqual([
      ['visitor', 'v2'],
      ['visitor', null],
    ]);
  });
});
