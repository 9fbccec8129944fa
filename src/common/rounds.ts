import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a process that ends waits for a round that is under way. */
const FINISH_MS = 5_000;

/** Work that is done again and again, one round at a time. What a round could not do, a later one will. */
export abstract class Rounds implements OnApplicationBootstrap, OnModuleDestroy {
  protected abstract readonly everyMs: number;
  private readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  protected abstract goRound(): Promise<void>;

  onApplicationBootstrap(): void {
    // Processes that start together should not go together.
    const interval = this.everyMs * (0.8 + Math.random() * 0.4);
    this.timer = setInterval(() => void this.run(), interval).unref();
  }

  /** The stores that a round works on are closed after this; one that hangs must not keep the process. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([this.round, sleep(FINISH_MS, undefined, { ref: false })]);
  }

  /** The end of the round that is under way, or else of a new one. Never rejects: a failure is logged. */
  run(): Promise<void> {
    this.round ??= this.goRound()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'it will be tried again in the next round'))
      .finally(() => (this.round = undefined));
    return this.round;
  }
}
