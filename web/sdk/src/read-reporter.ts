import { retryDelayMs } from './backoff.js';
import { toChatError } from './chat-error.js';
import { elapsedMs } from './elapsed.js';

const SHORTEST_GAP_MS = 2_000;

/** Read markers move often while scrolling; the server hears of it at most once per 2 s, and before the page goes. */
export class ReadReporter {
  private wanted = 0;
  private asked = 0;
  private reported = 0;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private hasStopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly report: (seq: number) => Promise<number>,
    private readonly random: () => number,
  ) {}

  /** False when it is not news. */
  want(seq: number): boolean {
    if (seq <= this.wanted) return false;
    this.wanted = seq;
    const wait = this.reportedAt + SHORTEST_GAP_MS - elapsedMs();
    if (wait <= 0) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), wait);
    return true;
  }

  /** Read elsewhere, by the same person. */
  learn(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    this.reported = Math.max(this.reported, seq);
  }

  stop(): void {
    this.hasStopped = true;
    clearTimeout(this.timer);
  }

  /** What could not be said stays wanted, and is said later: after the reconnect when there is no connection. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.wanted <= Math.max(this.reported, this.asked)) return;
    this.asked = this.wanted;
    this.reportedAt = elapsedMs();
    await this.report(this.wanted).then(
      (seq) => {
        this.failures = 0;
        this.learn(seq);
      },
      (error: unknown) => this.notReported(error),
    );
  }

  private notReported(thrown: unknown): void {
    this.asked = this.reported;
    const error = toChatError(thrown);
    if (this.hasStopped || !error.retryable || error.code === 'client.offline') return;
    const wait = SHORTEST_GAP_MS + retryDelayMs(error, this.failures, this.random);
    this.failures += 1;
    this.timer ??= setTimeout(() => void this.flush(), wait);
  }
}
