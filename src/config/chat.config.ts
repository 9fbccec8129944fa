import type { EnvReader } from './env-reader.js';

/** Defaults of engine.md sections 4 to 9; an environment's own settings may lower or raise the limits. */
export interface ChatConfig {
  contentCharacters: number;
  contentBytes: number;
  metadataBytes: number;
  syncGap: number;
  messagesPerMinute: number;
  anonymousMessagesPerMinute: number;
  /** A company's server speaks in many conversations at once. */
  partnerMessagesPerMinute: number;
  typingPerMinute: number;
  pingsPerMinute: number;
  syncsPerMinute: number;
  searchesPerMinute: number;
  /** Per agent or user; refused ones, per address. */
  connectsPerMinute: number;
  refusedConnectsPerMinute: number;
  socketsPerPrincipal: number;
  /** Inbox summaries of one conversation are sent at most this often. */
  inboxCoalesceMs: number;
  headsIntervalMs: number;
  /** Other nodes are asked for missed heads this often, while Redis is away. */
  catchUpIntervalMs: number;
  /** How long a connection is believed to live that nobody refreshes: its node may be dead. */
  presenceLifeMs: number;
  /** Somebody who reloads a page or crosses a tunnel has not gone. */
  presenceGraceMs: number;
  relayIntervalMs: number;
  /** A message whose fan-out mark is older than this is taken over by the relay. */
  outboxLeaseMs: number;
  /** An event loop that is later than this sheds signals; twice as late syncs, five times as late sends. */
  shedLagMs: number;
  agentPushDelayMs: number;
  agentMailDelayMs: number;
  visitorMailDelayMs: number;
  mailCooldownMs: number;
  /** A worker that began a digest and is not heard of for so long is taken for dead. */
  digestLeaseMs: number;
}

export function readChatConfig(env: EnvReader): ChatConfig {
  return {
    contentCharacters: 8_000,
    contentBytes: 32 * 1024,
    metadataBytes: 4 * 1024,
    syncGap: 1_000,
    messagesPerMinute: env.integer('LIMIT_MESSAGES_PER_MINUTE', 60, 1),
    anonymousMessagesPerMinute: env.integer('LIMIT_ANONYMOUS_MESSAGES_PER_MINUTE', 20, 1),
    partnerMessagesPerMinute: env.integer('LIMIT_PARTNER_MESSAGES_PER_MINUTE', 600, 1),
    typingPerMinute: env.integer('LIMIT_TYPING_PER_MINUTE', 10, 1),
    pingsPerMinute: env.integer('LIMIT_PINGS_PER_MINUTE', 30, 1),
    syncsPerMinute: env.integer('LIMIT_SYNCS_PER_MINUTE', 60, 1),
    searchesPerMinute: env.integer('LIMIT_SEARCHES_PER_MINUTE', 30, 1),
    connectsPerMinute: env.integer('LIMIT_CONNECTS_PER_MINUTE', 60, 1),
    refusedConnectsPerMinute: env.integer('LIMIT_REFUSED_CONNECTS_PER_MINUTE', 30, 1),
    socketsPerPrincipal: env.integer('LIMIT_SOCKETS_PER_PRINCIPAL', 20, 1),
    inboxCoalesceMs: env.integer('INBOX_COALESCE_MS', 250, 0),
    headsIntervalMs: env.integer('HEADS_INTERVAL_MS', 25_000, 100),
    catchUpIntervalMs: env.integer('CATCH_UP_INTERVAL_MS', 1_000, 100),
    presenceLifeMs: env.integer('PRESENCE_LIFE_MS', 60_000, 1_000),
    presenceGraceMs: env.integer('PRESENCE_GRACE_MS', 15_000, 0),
    relayIntervalMs: env.integer('RELAY_INTERVAL_MS', 1_000, 50),
    outboxLeaseMs: env.integer('OUTBOX_LEASE_MS', 2_000, 100),
    shedLagMs: env.integer('SHED_LAG_MS', 200, 20),
    agentPushDelayMs: env.integer('AGENT_PUSH_DELAY_MS', 30_000, 0),
    agentMailDelayMs: env.integer('AGENT_MAIL_DELAY_MS', 120_000, 0),
    visitorMailDelayMs: env.integer('VISITOR_MAIL_DELAY_MS', 300_000, 0),
    mailCooldownMs: env.integer('MAIL_COOLDOWN_MS', 900_000, 0),
    digestLeaseMs: env.integer('DIGEST_LEASE_MS', 120_000, 100),
  };
}
