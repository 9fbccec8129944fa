import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Rounds } from '../../common/rounds.js';
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
export class WebhookSweep extends Rounds {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly webhooks: WebhookRepository,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    super();
  }

  protected get everyMs(): number {
    return this.config.webhooks.sweepIntervalMs;
  }

  protected async goRound(): Promise<void> {
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
