/** How often the event loop is asked to come by. */
export const SAMPLE_EVERY_MS = 50;
const LOOK_EVERY_MS = 500;
/** One long pause is no overload. */
const MIN_SAMPLES = 2;

/**
 * How late the event loop comes to what is due: the median of the last half second, and of at least two turns
 * where one of them takes longer than that. Node's own histogram has nothing to say of those: it forgets the
 * turn that it is in when it is reset.
 */
export class LagMeter {
  lagMs = 0;
  private samples: number[] = [];
  private lookedAt: number;

  constructor(private sampledAt: number) {
    this.lookedAt = sampledAt;
  }

  sample(now: number): void {
    this.samples.push(Math.max(now - this.sampledAt - SAMPLE_EVERY_MS, 0));
    this.sampledAt = now;
    if (now - this.lookedAt >= LOOK_EVERY_MS && this.samples.length >= MIN_SAMPLES) this.look(now);
  }

  private look(now: number): void {
    const sorted = this.samples.sort((one, other) => one - other);
    this.lagMs = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    this.lookedAt = now;
    this.samples = [];
  }
}
