import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { DeliveryRepository } from './delivery.repository.js';
import { WebhookQueue } from './webhook-queue.js';
import { WebhookRepository } from './webhook.repository.js';

const BATCH = 200;

/**
 * Runs in the worker and wakes it for what is due by the ledger: later tries, what a worker that died had begun, and
 * everything there is when Redis has forgotten its jobs.
 */
@Injectable()
export class WebhookSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WebhookSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> | undefined;

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly webhooks: WebhookRepository,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    // Workers that start together should not look together.
    const interval = this.config.webhooks.sweepIntervalMs * (0.8 + Math.random() * 0.4);
    this.timer = setInterval(() => void this.sweepOnce(), interval);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweep;
  }

  /** One at a time; a store that does not answer is asked again at the next turn. */
  sweepOnce(): Promise<void> {
    this.sweep ??= this.look()
      .catch((error: unknown) =>
        this.logger.warn({ err: (error as Error).message }, 'the sweep will look again'),
      )
      .finally(() => (this.sweep = undefined));
    return this.sweep;
  }

  private async look(): Promise<void> {
    await Promise.all([this.wakeDue(), this.mailUnnoticed()]);
  }

  private async mailUnnoticed(): Promise<void> {
    const unnoticed = await this.webhooks.listUnnoticed(BATCH);
    await this.queue.mailDisabled(
      unnoticed.map(({ organizationId, id }) => ({ organizationId, webhookId: id })),
    );
  }

  private async wakeDue(): Promise<void> {
    const now = this.clock.now();
    let found: string[] = [];
    do {
      found = await this.deliveries.listDueWebhooks(now, found.at(-1) ?? null, BATCH);
      await this.queue.wake(found);
    } while (found.length === BATCH);
  }
}
