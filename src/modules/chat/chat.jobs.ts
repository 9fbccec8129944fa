import type { JobsOptions } from 'bullmq';

export const CHAT_QUEUE = 'chat';

/** Mails the user who was away from a conversation; decided when it fires, from what is true then. */
export const NOTIFY_AWAY = 'notify-away';
/** The same for agents: pushes at once, and asks for the digests of those who get mails. */
export const NOTIFY_PUSH = 'notify-push';

/** `side`: whom a message was for. One waiting job per conversation and side, whatever the number of messages. */
export interface NotifyAwayJob {
  organizationId: string;
  conversationId: string;
  side: 'agents' | 'user';
}

/** As notify-push, for the agents whom only an edit has mentioned. */
export const NOTIFY_MENTIONED = 'notify-mentioned';

export interface NotifyMentionedJob {
  organizationId: string;
  conversationId: string;
  messageId: string;
}

/** One mail to one agent about all that waits for it. When it is due and whether it is still to be sent: says the store. */
export const SEND_DIGEST = 'send-digest';

export interface SendDigestJob {
  organizationId: string;
  agentId: string;
}

/** Takes what was read on one device off the others. */
export const WITHDRAW_PUSH = 'withdraw-push';

export interface WithdrawPushJob {
  organizationId: string;
  conversationId: string;
  agentId: string;
  readSeq: number;
  /** Where it was read: that device knows. */
  sessionId: string;
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
    jobId: `${notifyNameOf(job)}-${job.conversationId}-${round}`,
    delay,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: { age: 3_600 },
    removeOnFail: { age: 7 * 86_400 },
  };
}

export function notifyNameOf({ side }: NotifyAwayJob): typeof NOTIFY_AWAY | typeof NOTIFY_PUSH {
  return side === 'user' ? NOTIFY_AWAY : NOTIFY_PUSH;
}

/** `count`: of those who were mentioned late by then. One that failed is not kept: the mark brings it back. */
export function notifyMentionedOptions(
  { messageId }: NotifyMentionedJob,
  count: number,
  delay: number,
): JobsOptions {
  return {
    jobId: `${NOTIFY_MENTIONED}-${messageId}-${count}`,
    delay,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: true,
    removeOnFail: true,
  };
}

/** One that failed is not kept: the row in the store brings it back. */
export function sendDigestOptions(agentId: string, dueAt: Date, delay: number): JobsOptions {
  return {
    jobId: `${SEND_DIGEST}-${agentId}-${dueAt.getTime()}`,
    delay,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: true,
    removeOnFail: true,
  };
}

/** Not for long: what is read is read, and the next push says what is not. */
export function withdrawPushOptions({ conversationId, agentId, readSeq }: WithdrawPushJob): JobsOptions {
  return {
    jobId: `${WITHDRAW_PUSH}-${conversationId}-${agentId}-${readSeq}`,
    attempts: 3,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: { age: 3_600 },
    removeOnFail: { age: 86_400 },
  };
}
