import { LRUCache } from 'lru-cache';

/** What was taken from one budget within its window. Times are this node's own, in milliseconds. */
export interface Account {
  taken: number;
  endsAt: number;
  openedAt: number;
}

const MAX_ACCOUNTS = 100_000;

/**
 * What this node knows of the budgets that Redis keeps. It goes on from there while Redis is away, and holds Redis
 * to it when it comes back with less than it had: no loss of Redis gives anybody a budget twice on one node.
 */
export class BudgetLedger {
  private readonly accounts = new LRUCache<string, Account>({ max: MAX_ACCOUNTS });

  /** While its window lasts. */
  find(key: string): Account | undefined {
    const account = this.accounts.get(key);
    return account && performance.now() < account.endsAt ? account : undefined;
  }

  /** One more point, counted here alone. */
  take(key: string, seconds: number): Account {
    const now = performance.now();
    const { taken, endsAt, openedAt } = this.find(key) ?? fresh(now, seconds);
    return this.keep(key, { taken: taken + 1, endsAt, openedAt });
  }

  /** What Redis has counted, for all nodes. */
  note(key: string, taken: number, endsAt: number): Account {
    const openedAt = this.find(key)?.openedAt ?? performance.now();
    return this.keep(key, { taken, endsAt, openedAt });
  }

  forget(key: string): void {
    this.accounts.delete(key);
  }

  private keep(key: string, account: Account): Account {
    this.accounts.set(key, account);
    return account;
  }
}

function fresh(now: number, seconds: number): Account {
  return { taken: 0, openedAt: now, endsAt: now + seconds * 1000 };
}
