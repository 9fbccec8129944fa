import type { ChatConfig } from '../../config/chat.config.js';
import { isListed, type Listed, type Message, type OutboxIntent } from './message.js';
import { assigneeIn } from './notification/notice.js';

/** The job that tells has this long after its delay before the relay looks whether it ever fired. */
const NOTIFY_SLACK_MS = 60_000;
/** Indexing takes its time when much is said at once: the relay lets it. */
const INDEX_LEASES = 5;

export type Said = Listed &
  Pick<Message, 'private' | 'mentions' | 'mentionsAll' | 'metadata'> & {
    sender: Pick<Message['sender'], 'type'>;
  };

/** What follows once a message is there for all. */
export function intentsOf(said: Said, config: ChatConfig, now: Date): OutboxIntent[] {
  const { outboxLeaseMs } = config;
  const intents: OutboxIntent[] = [{ task: 'index', due: after(now, outboxLeaseMs * INDEX_LEASES) }];
  if (said.threadRootId !== null) intents.push({ task: 'thread', due: after(now, outboxLeaseMs) });
  return [...intents, ...noticeIntentsOf(said, config, now)];
}

/**
 * So that those who are away are told, whatever is lost on the way. Two tasks, for in support a message may concern
 * both sides: `notify` is whom the conversation is with, `alert` the agents that other agents call.
 */
export function noticeIntentsOf(said: Said, config: ChatConfig, now: Date): OutboxIntent[] {
  const { agentPushDelayMs, visitorMailDelayMs } = config;
  return sidesOf(said).map((side) => {
    const isCall = side === 'agents' && said.environmentId !== null && said.sender.type !== 'user';
    const delay = side === 'agents' ? agentPushDelayMs : visitorMailDelayMs;
    return { task: isCall ? 'alert' : 'notify', due: after(now, delay + NOTIFY_SLACK_MS) };
  });
}

/** As an intent of noticeIntentsOf, for the agents whom an edit mentions. */
export function lateMentionIntent({ agentPushDelayMs }: ChatConfig, now: Date): OutboxIntent {
  return { task: 'mention', due: after(now, agentPushDelayMs + NOTIFY_SLACK_MS) };
}

/**
 * Who may have to be told, away from the conversation. Nobody of a note, those it is for are at work; nor of what
 * stays in a thread: unless it names them.
 */
export function sidesOf(said: Said): ('agents' | 'user')[] {
  if (said.held) return [];
  if (said.type === 'system') return assigneeIn(said) === null ? [] : ['agents'];
  const isForAll = !said.private && isListed(said);
  const isCall = said.mentionsAll || said.mentions.some(({ type }) => type === 'agent');
  const isToAgents = said.environmentId === null || said.sender.type === 'user';
  if (isToAgents) return isForAll || isCall ? ['agents'] : [];
  return [...(isForAll ? ['user' as const] : []), ...(isCall ? ['agents' as const] : [])];
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
