import { describe, expect, it } from 'vitest';
import { createLocalStorageOutbox } from './outbox.js';
import { createSharedOutbox } from './tabs/shared-outbox.js';
import type { Pending } from './types.js';

function aPending(clientMessageId: string): Pending {
  return { conversationId: 'c1', clientMessageId, draft: { content: 'hello' }, createdAt: '' };
}

function aStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const held = new Map<string, string>();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
}

const idsOf = (pending: Pending[]): string[] => pending.map((one) => one.clientMessageId);

describe('createLocalStorageOutbox', () => {
  it('gives back after a reload what was not sent', () => {
    const storage = aStorage();
    createLocalStorageOutbox('k', storage).save([aPending('a')]);
    expect(idsOf(createLocalStorageOutbox('k', storage).load())).toEqual(['a']);
  });

  it('leaves what another tab keeps', () => {
    const storage = aStorage();
    const [one, other] = [createLocalStorageOutbox('k', storage), createLocalStorageOutbox('k', storage)];
    one.save([aPending('a')]);
    other.save([aPending('b')]);
    one.save([]);
    expect(idsOf(createLocalStorageOutbox('k', storage).load())).toEqual(['b']);
  });

  it('survives a storage that is blocked or broken', () => {
    const refuse = (): never => {
      throw new Error('blocked');
    };
    const blocked = createLocalStorageOutbox('k', { getItem: refuse, setItem: refuse });
    blocked.save([aPending('a')]);
    expect(blocked.load()).toEqual([]);
    expect(createLocalStorageOutbox('k', { getItem: () => '{', setItem: refuse }).load()).toEqual([]);
    // Of a page that is denied it, its very name throws; here there is none.
    expect(createLocalStorageOutbox('k').load()).toEqual([]);
    expect(createSharedOutbox('k').load()).toEqual([]);
  });
});
