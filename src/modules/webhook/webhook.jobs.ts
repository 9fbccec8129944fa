import type { JobsOptions } from 'bullmq';

export const WEBHOOK_QUEUE = 'webhooks';

/** Tells one webhook whatever is due there: one job for any number of deliveries. */
export const DELIVER = 'deliver';
/** Mails those who manage a webhook that was disabled by itself. */
export const MAIL_DISABLED = 'mail-disabled';

export interface WebhookJob {
  webhookId: string;
}

export interface MailDisabledJob extends WebhookJob {
  organizationId: string;
}

/**
 * At most one a second for each webhook. None is kept: the ledger says what is due, and the sweep wakes somebody for
 * it.
 */
export function deliverOptions({ webhookId }: WebhookJob, now: Date): JobsOptions {
  return {
    jobId: `${DELIVER}-${webhookId}-${Math.floor(now.getTime() / 1_000)}`,
    removeOnComplete: true,
    removeOnFail: true,
  };
}

/** The mark on the webhook brings back what failed for good, once the job's id is forgotten. */
export function mailDisabledOptions({ webhookId }: MailDisabledJob): JobsOptions {
  return {
    jobId: `${MAIL_DISABLED}-${webhookId}`,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: true,
    removeOnFail: { age: 86_400 },
  };
}
