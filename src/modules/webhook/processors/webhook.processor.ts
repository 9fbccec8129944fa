import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { UnrecoverableError, type Job } from 'bullmq';
import { WORKER_OPTIONS } from '../../../infrastructure/queue/worker-options.js';
import { WebhookNotices } from '../webhook-notices.js';
import { WebhookRunner } from '../webhook-runner.js';
import { DELIVER, MAIL_DISABLED, WEBHOOK_QUEUE, type WebhookJob } from '../webhook.jobs.js';

/** So many webhooks are told at once; a slow one takes no more than its own place. */
const WEBHOOKS_AT_ONCE = 32;

@Processor(WEBHOOK_QUEUE, { ...WORKER_OPTIONS, concurrency: WEBHOOKS_AT_ONCE })
export class WebhookProcessor extends WorkerHost {
  constructor(
    private readonly runner: WebhookRunner,
    private readonly notices: WebhookNotices,
  ) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process({ name, data: { webhookId }, timestamp }: Job<WebhookJob>): Promise<void> {
    switch (name) {
      case DELIVER:
        return this.runner.run(webhookId);
      case MAIL_DISABLED:
        return this.notices.mailDisabled(webhookId, timestamp);
      default:
        throw new UnrecoverableError(`no handler for ${name}`);
    }
  }
}
