import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { OutwardUsers } from './outward-users.js';

const INTERVAL_MS = 5_000;
/** Who noted something tells it at once; older than this, they did not come to it. */
const GRACE_MS = 5_000;

/** Runs in every process, and finishes what one of them began and did not end. */
@Injectable()
export class OutwardUserSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OutwardUserSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> | undefined;

  constructor(
    private readonly outward: OutwardUsers,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Processes that start together should not look together.
    this.timer = setInterval(() => void this.sweepOnce(), INTERVAL_MS * (0.8 + Math.random() * 0.4));
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweep;
  }

  sweepOnce(): Promise<void> {
    this.sweep ??= this.outward
      .tellUntold(new Date(this.clock.now().getTime() - GRACE_MS))
      .catch((error: unknown) =>
        this.logger.warn({ err: (error as Error).message }, 'the sweep will look again'),
      )
      .finally(() => (this.sweep = undefined));
    return this.sweep;
  }
}
