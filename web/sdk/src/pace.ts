import { elapsedMs } from './elapsed.js';

/** The server allows 60 a minute for all devices of a person: one client alone stays below that. */
const BURST = 15;
const REFILL_MS = 1_500;

/** How long to wait before the next question, so that a busy conversation does not use up the server's patience. */
export class Pace {
  private points = BURST;
  private countedAt = elapsedMs();

  /** Takes a point; 0 when there was one. */
  takeIn(): number {
    const now = elapsedMs();
    this.points = Math.min(BURST, this.points + (now - this.countedAt) / REFILL_MS);
    this.countedAt = now;
    this.points -= 1;
    return this.points >= 0 ? 0 : Math.ceil(-this.points * REFILL_MS);
  }
}
