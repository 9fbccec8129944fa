import type { DeliveryRepository, Outcome } from './delivery.repository.js';

/** Writes down what came of tries; those that come while one write is under way share the next. */
export class Outcomes {
  private waiting: Outcome[] = [];
  private running: Promise<void> = Promise.resolve();
  private following: Promise<void> | undefined;

  constructor(private readonly deliveries: DeliveryRepository) {}

  /** Rejects when it could not be written: the delivery is tried again once its lease is over. */
  add(outcome: Outcome): Promise<void> {
    this.waiting.push(outcome);
    this.following ??= this.running.then(() => this.write());
    return this.following;
  }

  private write(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    this.following = undefined;
    const written = this.deliveries.finish(batch);
    this.running = written.catch(() => undefined);
    return written;
  }
}
