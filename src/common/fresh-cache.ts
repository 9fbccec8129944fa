import { LRUCache } from 'lru-cache';
import { isStoreDown } from './errors/wire-error.js';

interface Entry<V> {
  value: V;
  loadedAt: number;
}

/**
 * Remembers on this node what every request asks for. Five seconds is how late a change may be seen on another
 * node; while the store is down, what was read in the last thirty goes on. Absence is not remembered.
 */
export class FreshCache<V extends object> {
  private readonly entries: LRUCache<string, Entry<V>>;
  private readonly loading = new Map<string, Promise<V | null>>();

  constructor(
    max: number,
    private readonly freshMs = 5_000,
    private readonly staleMs = 30_000,
  ) {
    this.entries = new LRUCache({ max });
  }

  async get(key: string, load: () => Promise<V | null>): Promise<V | null> {
    const known = this.entries.get(key);
    if (known && performance.now() - known.loadedAt < this.freshMs) return known.value;
    try {
      return await this.loadOnce(key, load);
    } catch (error) {
      if (known && isStoreDown(error) && performance.now() - known.loadedAt < this.staleMs)
        return known.value;
      throw error;
    }
  }

  /** As get, with one load for all that is not known. What does not exist is left out. */
  async getMany(
    keys: readonly string[],
    load: (missing: string[]) => Promise<Map<string, V>>,
  ): Promise<Map<string, V>> {
    const missing = keys.filter((key) => this.ageOf(key) >= this.freshMs);
    if (missing.length > 0) await this.loadMany(missing, load);
    const known = keys.flatMap((key) => {
      const entry = this.entries.get(key);
      return entry ? [[key, entry.value] as const] : [];
    });
    return new Map(known);
  }

  /** What is being loaded now is not kept either: it may have been read before the change. */
  forget(key: string): void {
    this.entries.delete(key);
    this.loading.delete(key);
  }

  private async loadMany(
    missing: string[],
    load: (missing: string[]) => Promise<Map<string, V>>,
  ): Promise<void> {
    const loadedAt = performance.now();
    try {
      const found = await load(missing);
      for (const key of missing) this.keep(key, found.get(key) ?? null, loadedAt);
    } catch (error) {
      const isServable = isStoreDown(error) && missing.every((key) => this.ageOf(key) < this.staleMs);
      if (!isServable) throw error;
    }
  }

  private ageOf(key: string): number {
    const entry = this.entries.get(key);
    return entry ? performance.now() - entry.loadedAt : Infinity;
  }

  private loadOnce(key: string, load: () => Promise<V | null>): Promise<V | null> {
    const running = this.loading.get(key);
    if (running) return running;
    const started = this.loadAndKeep(key, load, () => this.loading.get(key) === started);
    this.loading.set(key, started);
    return started;
  }

  private async loadAndKeep(
    key: string,
    load: () => Promise<V | null>,
    isCurrent: () => boolean,
  ): Promise<V | null> {
    const loadedAt = performance.now();
    try {
      const value = await load();
      if (isCurrent()) this.keep(key, value, loadedAt);
      return value;
    } finally {
      if (isCurrent()) this.loading.delete(key);
    }
  }

  private keep(key: string, value: V | null, loadedAt: number): void {
    if (value === null) this.entries.delete(key);
    else this.entries.set(key, { value, loadedAt });
  }
}
