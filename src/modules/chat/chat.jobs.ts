import type { JobsOptions } from 'bullmq';

export const CHAT_QUEUE = 'chat';

/** Mails those who were away from a conversation; decided when it fires, from what is true then. */
export const NOTIFY_AWAY = 'notify-away';

/** `side`: whom a message was for. One waiting job per conversation and side, whatever the number of messages. */
export interface NotifyAwayJob {
  organizationId: string;
  conversationId: string;
  side: 'agents' | 'user';
}

/** Looks what is behind the links of a message, as it was at `rev`. */
export const PREVIEW_LINKS = 'preview-links';

export interface PreviewLinksJob {
  organizationId: string;
  conversationId: string;
  messageId: string;
  rev: number;
}

/** One that failed is not kept: the mark on the message brings it back, after longer and longer pauses. */
export function previewLinksOptions({ messageId, rev }: PreviewLinksJob): JobsOptions {
  return {
    jobId: `${PREVIEW_LINKS}-${messageId}-${rev}`,
    removeOnComplete: { age: 3_600 },
    removeOnFail: true,
  };
}

/** `round` makes the next job possible while the last one's id is still remembered. */
export function notifyAwayOptions(job: NotifyAwayJob, delay: number, round: number): JobsOptions {
  return {
    jobId: `${NOTIFY_AWAY}-${job.conversationId}-${job.side}-${round}`,
    delay,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: { age: 3_600 },
    removeOnFail: { age: 7 * 86_400 },
  };
}
