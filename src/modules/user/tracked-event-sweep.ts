import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TrackedEventService } from './tracked-event.service.js';

const INTERVAL_MS = 600_000;

/** Runs in every process; whoever comes second finds nothing more to do. */
@Injectable()
export class TrackedEventSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(TrackedEventSweep.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly events: TrackedEventService) {}

  onApplicationBootstrap(): void {
    // Processes that start together should not look together.
    this.timer = setInterval(() => void this.run(), INTERVAL_MS * (0.8 + Math.random() * 0.4)).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    await this.events
      .removeOld()
      .catch((error: unknown) =>
        this.logger.warn({ err: error }, 'old events of users could not be removed and will be next time'),
      );
  }
}
