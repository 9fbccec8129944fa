import { describe, expect, it } from 'vitest';
import { inserted, SHORTCUT, shortcutOf } from './reply-form';

describe('shortcutOf', () => {
  it('spells a shortcut as the server does, without the sign that opens the picker', () => {
    expect(shortcutOf(' /Refund-1 ')).toBe('refund-1');
    expect(shortcutOf('환불'.normalize('NFD'))).toMatch(SHORTCUT);
    expect(shortcutOf('two words')).not.toMatch(SHORTCUT);
  });
});

describe('inserted', () => {
  it('puts a piece where the caret is, or in place of what is selected', () => {
    expect(inserted('Hello !', 6, 6, '{{user.name}}')).toEqual({ text: 'Hello {{user.name}}!', caret: 19 });
    expect(inserted('Hello you', 6, 9, 'x')).toEqual({ text: 'Hello x', caret: 7 });
  });
});
