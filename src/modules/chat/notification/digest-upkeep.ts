import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DigestService } from './digest.service.js';

const INTERVAL_MS = 15_000;
/** Younger ones are still on their usual way. */
const LATE_MS = 15_000;
const BATCH = 500;

/** In the worker: digests whose jobs Redis lost are enqueued anew from the rows. */
@Injectable()
export class DigestUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DigestUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(private readonly digests: DigestService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** One at a time: in the worker, to enqueue waits for as long as Redis is away. */
  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.digests.enqueueOverdue(LATE_MS, BATCH);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'overdue digests will be looked for again');
    } finally {
      this.isRunning = false;
    }
  }
}
