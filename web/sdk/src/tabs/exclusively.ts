import { createClientId } from '../client-id.js';
import { browserTabs, type TabLocks } from './tabs.js';

/** Longer than a request is waited for. Whoever crashed keeps the others waiting for no longer than this. */
const LEASE_MS = 45_000;
/** What another tab writes at the same moment is seen here by then. */
const SETTLE_MS = 60;
const LOOK_AGAIN_MS = 100;

type LeaseStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface LeaseView {
  owner: string;
  /** Epoch milliseconds. */
  until: number;
}

/**
 * Runs the task when no other tab of this origin runs one of the same name: for what must not happen twice at once, as
 * using up a refresh token. Pages over plain http have no Web Locks: there it is a lease in localStorage, good for tasks
 * of up to 45 s; and without that, too, the task just runs.
 */
export function runExclusively<T>(
  name: string,
  task: () => Promise<T>,
  storage?: LeaseStore,
  locks: TabLocks | null = browserTabs()?.locks ?? null,
): Promise<T> {
  return locks ? underLock(locks, name, task) : underLease(new Lease(name, storage), task);
}

async function underLock<T>(locks: TabLocks, name: string, task: () => Promise<T>): Promise<T> {
  let done: Promise<T> | undefined;
  await locks.request(name, {}, async () => {
    done = task();
    await done.catch(() => undefined);
  });
  return done!;
}

async function underLease<T>(lease: Lease, task: () => Promise<T>): Promise<T> {
  try {
    await lease.take();
  } catch {
    // The storage is blocked: there is nothing that tabs could agree by.
    return task();
  }
  return task().finally(() => lease.giveBack());
}

class Lease {
  private readonly owner = createClientId();

  constructor(
    private readonly name: string,
    private readonly storage?: LeaseStore,
  ) {}

  async take(): Promise<void> {
    while (!(await this.tryToTake())) await passes(LOOK_AGAIN_MS);
  }

  giveBack(): void {
    if (this.isMine) this.store.removeItem(this.name);
  }

  private async tryToTake(): Promise<boolean> {
    if (this.isTaken) return false;
    const lease: LeaseView = { owner: this.owner, until: Date.now() + LEASE_MS };
    this.store.setItem(this.name, JSON.stringify(lease));
    await passes(SETTLE_MS);
    return this.isMine;
  }

  /** One from the future was made before the clock was set back. */
  private get isTaken(): boolean {
    const left = (this.view?.until ?? 0) - Date.now();
    return left > 0 && left <= LEASE_MS;
  }

  private get isMine(): boolean {
    return this.view?.owner === this.owner;
  }

  private get view(): LeaseView | null {
    const text = this.store.getItem(this.name);
    try {
      return JSON.parse(text ?? 'null') as LeaseView | null;
    } catch {
      return null;
    }
  }

  /** Looked up late: where it is blocked, its name alone throws. */
  private get store(): LeaseStore {
    return this.storage ?? localStorage;
  }
}

function passes(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
