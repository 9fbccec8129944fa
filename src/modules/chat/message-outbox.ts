import type { ChatConfig } from '../../config/chat.config.js';
import { isListed, type Listed, type OutboxIntent } from './message.js';

/** The mail's job has this long after its delay before the relay looks whether it ever fired. */
const NOTIFY_SLACK_MS = 60_000;
/** Indexing takes its time when much is said at once: the relay lets it. */
const INDEX_LEASES = 5;

export type Said = Listed & { private: boolean };

/**
 * What follows once a message is there for all. Nobody is mailed for a note, those it is for are at work; nor for what
 * stays in a thread.
 */
export function intentsOf(
  said: Said,
  { outboxLeaseMs, agentMailDelayMs, visitorMailDelayMs }: ChatConfig,
  now: Date,
): OutboxIntent[] {
  const intents: OutboxIntent[] = [{ task: 'index', due: after(now, outboxLeaseMs * INDEX_LEASES) }];
  if (said.threadRootId !== null) intents.push({ task: 'thread', due: after(now, outboxLeaseMs) });
  if (said.private || !isListed(said)) return intents;
  const mailMs = Math.max(agentMailDelayMs, visitorMailDelayMs) + NOTIFY_SLACK_MS;
  return [...intents, { task: 'notify', due: after(now, mailMs) }];
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
