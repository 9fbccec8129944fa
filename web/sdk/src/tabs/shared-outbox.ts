import { createClientId } from '../client-id.js';
import { createLocalStorageOutbox, pageStorage, pendingIn } from '../outbox.js';
import type { OutboxStorage, Pending } from '../types.js';
import { browserTabs, type TabLocks } from './tabs.js';

type OutboxStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Keeps what is not acknowledged over a reload, and hands what a tab leaves behind to one of the others: a message is
 * tried by one tab at a time. Without Web Locks it is `createLocalStorageOutbox`, whose entry under the same key it takes
 * over.
 */
export function createSharedOutbox(
  key: string,
  storage: OutboxStore = pageStorage(),
  locks: TabLocks | null = browserTabs()?.locks ?? null,
): OutboxStorage {
  return locks ? new SharedOutbox(key, storage, locks) : createLocalStorageOutbox(key, storage);
}

/** Each tab has an entry of its own, under a lock that it holds as long as it lives. */
class SharedOutbox implements OutboxStorage {
  private readonly own: string;
  private readonly awaited = new Set<string>();
  private readonly ending = new AbortController();

  constructor(
    private readonly key: string,
    private readonly storage: OutboxStore,
    private readonly locks: TabLocks,
  ) {
    this.own = `${key}|${createClientId()}`;
  }

  /** What this very tab kept before a reload is found by `adopt`, as what others left. */
  load(): Pending[] {
    return [];
  }

  save(pending: Pending[]): void {
    try {
      if (pending.length > 0) this.storage.setItem(this.own, JSON.stringify(pending));
      else this.storage.removeItem(this.own);
    } catch {
      // A full or blocked storage costs the survival of a reload, not the sending.
    }
  }

  adopt(take: (pending: Pending[]) => void): () => void {
    const { signal } = this.ending;
    // Before anything is saved: whoever sees the entry and asks for its lock stands behind its owner.
    this.request(this.own, () => new Promise((resolve) => signal.addEventListener('abort', () => resolve())));
    const look = (name: string | null): void => {
      if (name !== null && this.isOfOthers(name)) this.takeWhenLeft(name, take);
    };
    for (const name of this.names()) look(name);
    if (typeof window !== 'undefined') {
      window.addEventListener('storage', ({ key }) => look(key), { signal });
    }
    return () => this.ending.abort();
  }

  private takeWhenLeft(name: string, take: (pending: Pending[]) => void): void {
    if (this.awaited.has(name)) return;
    this.awaited.add(name);
    this.request(name, () => {
      const left = pendingIn(this.storage, name);
      // Kept under the new name before it goes from the old one: twice is the same message, never is a loss.
      if (left.length > 0) take(left);
      this.remove(name);
      this.awaited.delete(name);
      return Promise.resolve();
    });
  }

  private request(name: string, hold: () => Promise<void>): void {
    this.locks.request(name, { signal: this.ending.signal }, hold).catch(() => undefined);
  }

  private isOfOthers(name: string): boolean {
    return name !== this.own && (name === this.key || name.startsWith(`${this.key}|`));
  }

  private names(): string[] {
    try {
      return Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '');
    } catch {
      return [];
    }
  }

  private remove(name: string): void {
    try {
      this.storage.removeItem(name);
    } catch {
      // Blocked since a moment ago: what is found again is known by its `clientMessageId`.
    }
  }
}
