import type { ChatError } from './chat-error.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Full jitter: clients that lost one server at the same time must not come back at the same time. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));
}

/** The server's word is the earliest moment, not the appointed one: it says the same to everybody. */
export function retryDelayMs(error: ChatError, attempt: number, random: () => number): number {
  return (error.retryAfterMs ?? 0) + backoffMs(attempt, random);
}
