import { describe, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemorySavedReplyRepository } from './fakes/in-memory-saved-reply.repository.fake.js';
import { describeSavedReplyRepository } from './saved-reply.repository.contract.js';
import { SHORTCUT, shortcutOf } from './saved-reply.js';

describe(InMemorySavedReplyRepository.name, () => {
  describeSavedReplyRepository(
    () => new InMemorySavedReplyRepository(),
    () => Promise.resolve(newId()),
  );
});

describe(shortcutOf.name, () => {
  it('spells what was typed one way, in any language', () => {
    expect(shortcutOf(' Refund-1 ')).toBe('refund-1');
    expect(shortcutOf('환불'.normalize('NFD'))).toBe('환불');
    for (const good of ['refund', '환불', 'へんきん', 'ー', 'a_b-1']) expect(good).toMatch(SHORTCUT);
    for (const bad of ['', 'a b', '/refund', 'a'.repeat(41), '😀']) expect(bad).not.toMatch(SHORTCUT);
  });
});
