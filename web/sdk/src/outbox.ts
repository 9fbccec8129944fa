import type { OutboxStorage, Pending } from './types.js';

/** Ends with the page. */
export function createMemoryOutbox(): OutboxStorage {
  let held: Pending[] = [];
  return {
    load: () => held,
    save: (pending) => {
      held = pending;
    },
  };
}

/** A page may be denied it altogether: then each use of it fails, as that of a full one may. */
export function pageStorage(): Storage {
  try {
    return localStorage;
  } catch {
    return {} as Storage;
  }
}

/**
 * Keeps what is not acknowledged over a reload. Tabs share the entry: each rewrites only what it added itself,
 * and a message sent by two tabs is one message, by its `clientMessageId`.
 */
export function createLocalStorageOutbox(
  key: string,
  storage: Pick<Storage, 'getItem' | 'setItem'> = pageStorage(),
): OutboxStorage {
  let owned = new Set<string>();
  const read = (): Pending[] => pendingIn(storage, key);
  return {
    load() {
      const held = read();
      owned = new Set(held.map((pending) => pending.clientMessageId));
      return held;
    },
    save(pending) {
      const mine = new Set(pending.map((one) => one.clientMessageId));
      const ofOthers = read().filter(
        (one) => !owned.has(one.clientMessageId) && !mine.has(one.clientMessageId),
      );
      owned = mine;
      try {
        storage.setItem(key, JSON.stringify([...ofOthers, ...pending]));
      } catch {
        // A full or blocked storage costs the survival of a reload, not the sending.
      }
    },
  };
}

/** Nothing when the storage is blocked or holds something else. */
export function pendingIn(storage: Pick<Storage, 'getItem'>, key: string): Pending[] {
  try {
    return JSON.parse(storage.getItem(key) ?? '[]') as Pending[];
  } catch {
    return [];
  }
}
