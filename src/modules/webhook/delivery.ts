import { v5 } from 'uuid';
import type { DeliveryState, WebhookEventType } from '../../contracts/webhooks.js';

/** One event on its way to one webhook. */
export interface Delivery {
  /** The `webhook-id` that a receiver tells repeats by. */
  id: string;
  organizationId: string;
  environmentId: string;
  webhookId: string;
  type: WebhookEventType;
  conversationId: string | null;
  userId: string | null;
  /** What is sent, to the letter: a signature is of it. */
  body: string;
  state: DeliveryState;
  /** When it is to be tried next; null when it is not. */
  due: Date | null;
  /** Among those that are due at once, which goes first. */
  order: number;
  /** How often it was tried since it was recorded or replayed. */
  tries: number;
  /** The newest of them, oldest first. */
  attempts: Attempt[];
  createdAt: Date;
}

export interface Attempt {
  at: Date;
  /** Of the answer; null when none came. */
  status: number | null;
  /** Why it did not arrive; null when it did. */
  error: string | null;
  durationMs: number;
  /** The beginning of the answer. */
  response: string | null;
}

export const KEPT_ATTEMPTS = 20;
export const RESPONSE_CHARACTERS = 1_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After which pause each try comes; the first at once. */
const PAUSES = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const JITTER = 0.1;
const LONGEST_WISH_MS = 24 * HOUR;
/** A webhook at which nothing arrived for so long is disabled. */
export const FAILING_MS = 72 * HOUR;

const NAMESPACE = '6f1d1f5e-3d0a-4c0e-9a53-0d6b2f0c7a11';

/** Made from what it is of: what is recorded twice is there once. */
export function deliveryIdOf(eventId: string, webhookId: string): string {
  return v5(`${eventId} ${webhookId}`, NAMESPACE);
}

export function hasArrived({ status }: Pick<Attempt, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Null: that was the last one. A receiver may ask for a longer pause, but not for more than a day. */
export function nextTry(
  tries: number,
  failedAt: Date,
  wish: string | undefined,
  random: () => number = Math.random,
): Date | null {
  const pause = PAUSES[tries];
  if (pause === undefined) return null;
  const jittered = pause * (1 - JITTER + 2 * JITTER * random());
  const wished = Math.min(wishedPause(wish, failedAt), LONGEST_WISH_MS);
  return new Date(failedAt.getTime() + Math.round(Math.max(jittered, wished)));
}

/** `Retry-After`: seconds or a date. */
function wishedPause(wish: string | undefined, now: Date): number {
  if (wish === undefined) return 0;
  const ms = /^\d{1,9}$/.test(wish) ? Number(wish) * SECOND : Date.parse(wish) - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
