import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Clock } from '../../common/clock.js';
import {
  DELIVER,
  deliverOptions,
  MAIL_DISABLED,
  mailDisabledOptions,
  type MailDisabledJob,
  WEBHOOK_QUEUE,
  type WebhookJob,
} from './webhook.jobs.js';

/** Wakes the worker. What is to be done is in the stores: a wake-up that gets lost costs a few seconds. */
@Injectable()
export class WebhookQueue {
  private readonly logger = new Logger(WebhookQueue.name);

  constructor(
    @InjectQueue(WEBHOOK_QUEUE) private readonly queue: Queue<WebhookJob>,
    private readonly clock: Clock,
  ) {}

  /** Never rejects. */
  async wake(webhookIds: Iterable<string>): Promise<void> {
    const now = this.clock.now();
    const jobs = [...webhookIds].map((webhookId) => ({
      name: DELIVER,
      data: { webhookId },
      opts: deliverOptions({ webhookId }, now),
    }));
    await this.add(jobs);
  }

  /** Never rejects. */
  async mailDisabled(disabled: readonly MailDisabledJob[]): Promise<void> {
    await this.add(disabled.map((data) => ({ name: MAIL_DISABLED, data, opts: mailDisabledOptions(data) })));
  }

  private async add(jobs: Parameters<Queue<WebhookJob>['addBulk']>[0]): Promise<void> {
    if (jobs.length === 0) return;
    try {
      await this.queue.addBulk(jobs);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'webhooks wait for the sweep to wake the worker');
    }
  }
}
