import type { TabLocks } from './tabs.js';

export interface ElectionHooks {
  onElected(): void;
  /** Another tab took over. */
  onDeposed(): void;
  /** There are no locks to be had here, as in a frame without storage. */
  onRefused(): void;
}

/** Who holds the lock leads. The browser passes it on when a tab goes, however it goes. */
export class Election {
  private turn = 0;
  private ending: AbortController | null = null;
  private release: (() => void) | null = null;

  constructor(
    private readonly locks: TabLocks,
    private readonly name: string,
    private readonly hooks: ElectionHooks,
  ) {}

  stand(): void {
    this.withdraw();
    this.ending = new AbortController();
    this.request({ signal: this.ending.signal });
  }

  /** From a leader who does not answer any more. */
  takeOver(): void {
    this.withdraw();
    this.request({ steal: true });
  }

  /** Gives up the lock, or the place in the queue. */
  withdraw(): void {
    this.turn += 1;
    this.ending?.abort();
    this.ending = null;
    this.release?.();
    this.release = null;
  }

  private request(options: { signal?: AbortSignal; steal?: boolean }): void {
    const turn = this.turn;
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        if (turn !== this.turn) return resolve();
        this.release = resolve;
        this.hooks.onElected();
      });
    this.locks.request(this.name, options, hold).catch((error: Error) => {
      if (turn !== this.turn) return;
      if (error.name === 'AbortError') this.hooks.onDeposed();
      else this.hooks.onRefused();
    });
  }
}
