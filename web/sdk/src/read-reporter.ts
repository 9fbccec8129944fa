const SHORTEST_GAP_MS = 2_000;

/** Read markers move often while scrolling; the server hears of it at most once per 2 s, and before the page goes. */
export class ReadReporter {
  private wanted = 0;
  private asked = 0;
  private reported = 0;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly report: (seq: number) => Promise<number>,
    private readonly now: () => number,
  ) {}

  /** False when it is not news. */
  want(seq: number): boolean {
    if (seq <= this.wanted) return false;
    this.wanted = seq;
    const wait = this.reportedAt + SHORTEST_GAP_MS - this.now();
    if (wait <= 0) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), wait);
    return true;
  }

  /** Read elsewhere, by the same person. */
  learn(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    this.reported = Math.max(this.reported, seq);
  }

  /** What could not be said stays wanted: the next flush, at the latest after the reconnect, says it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.wanted <= Math.max(this.reported, this.asked)) return;
    this.asked = this.wanted;
    this.reportedAt = this.now();
    await this.report(this.wanted).then(
      (seq) => this.learn(seq),
      () => {
        this.asked = this.reported;
      },
    );
  }
}
