import { Inject, Injectable } from '@nestjs/common';
import type { ChainableCommander, Redis } from 'ioredis';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import type { PrincipalRef } from '../../contracts/common.js';
import type { PresenceState } from '../../contracts/socket.js';
import { RedisWatch } from '../redis/redis-watch.js';
import { REDIS } from '../redis/redis.module.js';
import { changesAt, presenceKey, rhythmOf, SETTLE_MS, statusOf, type Connection } from './presence.js';

export interface LiveConnection {
  principal: PrincipalRef;
  connectionId: string;
  activeAt: number;
}

export interface ClosedConnection extends LiveConnection {
  leftAt: number;
}

/** All that a node has to say of its connections. */
export interface Statement {
  live: readonly LiveConnection[];
  closed: readonly ClosedConnection[];
  /** Since when who is not in Redis is known to be nowhere, unless Redis knows better. */
  completeSince: number;
}

type Fields = Record<string, string>;
type Entry = LiveConnection & { expiresAt: number; seenAt: number };

interface Reading {
  hashes: (Fields | undefined)[];
  knowsAbsence: boolean;
}

/** The fields of a principal's hash that are no connections. */
const LAST_SEEN = 'seen';
const TOLD = 'told';
const REMEMBER_SECONDS = 30 * 24 * 3600;
/** Keeps a single pipeline from holding up everything else on the connection. */
const BATCH = 500;
/** Puts off what it hands out: should who takes it die, somebody else gets it then. */
const TAKE_DUE = `
  local ids = redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
  for _, id in ipairs(ids) do redis.call('zadd', KEYS[1], ARGV[2], id) end
  return ids`;
/** Answers whether it is another status than the one before; and notes when to look again. */
const CHANGE = `
  local told = redis.call('hget', KEYS[1], '${TOLD}') or 'offline'
  if ARGV[1] == 'offline' then
    redis.call('hdel', KEYS[1], '${TOLD}')
    redis.call('zrem', KEYS[2], ARGV[2])
  else
    redis.call('hset', KEYS[1], '${TOLD}', ARGV[1])
    redis.call('zadd', KEYS[2], ARGV[3], ARGV[2])
  end
  return told == ARGV[1] and 0 or 1`;

/**
 * Who is connected anywhere: a hash per principal in Redis, in which each connection carries its own expiry.
 * Writes are best effort, since the next statement repeats them; what cannot be read is `unknown`. So is who is
 * not found while Redis may have forgotten: a key beside the hashes says since when it holds them all, and ends
 * before the first connection can have expired for want of a refresh.
 */
@Injectable()
export class PresenceStore {
  /** Reasons to believe that Redis lacks something of what this node has said. */
  private doubts = 0;
  /** By this node's own clock: others have as long as this to say all of theirs. */
  private settledAt = 0;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly watch: RedisWatch,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    redis.on('close', () => this.distrust());
  }

  get isAway(): boolean {
    return this.watch.isAway;
  }

  /** Until this node has said all of it again. */
  get isDoubtful(): boolean {
    return this.doubts > 0;
  }

  distrust(): void {
    this.doubts++;
  }

  enter(principal: PrincipalRef, connectionId: string): Promise<boolean> {
    return this.refresh([{ principal, connectionId, activeAt: this.now() }]);
  }

  refresh(connections: readonly LiveConnection[]): Promise<boolean> {
    const now = this.now();
    const expiresAt = now + this.config.chat.presenceLifeMs;
    return this.write(connections.map((connection) => ({ ...connection, expiresAt, seenAt: now })));
  }

  /** The connection is forgotten after the grace, not before: nobody is offline for reloading a page. */
  leave(closed: readonly ClosedConnection[]): Promise<boolean> {
    const { presenceGraceMs } = this.config.chat;
    const entries = closed.map((connection) => ({
      ...connection,
      expiresAt: connection.leftAt + presenceGraceMs,
      seenAt: connection.leftAt,
    }));
    return this.write(entries);
  }

  /** Answers whether everything was heard. */
  async state({ live, closed, completeSince }: Statement): Promise<boolean> {
    const { doubts } = this;
    const isHeard =
      (await this.leave(closed)) && (await this.refresh(live)) && (await this.vouch(completeSince));
    if (isHeard && this.doubts === doubts) this.settle();
    return isHeard;
  }

  /** By `presenceKey`, i.e. `agent:<id>`. One round trip for any number up to the batch size. */
  async statesOf(principals: readonly PrincipalRef[]): Promise<Map<string, PresenceState>> {
    const states = new Map<string, PresenceState>();
    for (const batch of batchesOf(principals)) {
      const reading = await this.read(batch);
      batch.forEach((principal, index) => {
        states.set(presenceKey(principal), this.stateOf(principal, index, reading));
      });
    }
    return states;
  }

  /**
   * Agents whose status may be another by now, also because of a node that died. Each goes to one node, and to another
   * when that one dies before it has taken the change.
   */
  async takeDue(): Promise<PrincipalRef[]> {
    const now = this.now();
    const putOffTo = now + rhythmOf(this.config.chat.presenceLifeMs).sweepMs;
    const commands = this.redis.pipeline().eval(TAKE_DUE, 1, this.dueKey, now, putOffTo, BATCH);
    const [ids] = await this.attempt(commands);
    return ((ids ?? []) as string[]).map((id) => ({ type: 'agent', id }));
  }

  /** Those among these agents whose status is another than it was: each change is answered once, to one node. */
  async takeChanges(agents: readonly PrincipalRef[]): Promise<PresenceState[]> {
    const changed: PresenceState[] = [];
    for (const batch of batchesOf(agents)) changed.push(...(await this.takeChangesOf(batch)));
    return changed;
  }

  private async takeChangesOf(agents: readonly PrincipalRef[]): Promise<PresenceState[]> {
    const reading = await this.read(agents);
    const commands = this.redis.pipeline();
    const known: PresenceState[] = [];
    for (const [index, agent] of agents.entries()) {
      const state = this.stateOf(agent, index, reading);
      if (state.status === 'unknown') continue;
      known.push(state);
      this.change(commands, state, reading.hashes[index]);
    }
    if (known.length === 0) return [];
    const replies = await this.attempt(commands);
    return known.filter((_, index) => replies[index] === 1);
  }

  private change(commands: ChainableCommander, { principal, status }: PresenceState, fields?: Fields): void {
    const now = this.now();
    const lookAgainAt = changesAt(connectionsOf(fields ?? {}), now) ?? now;
    commands.eval(CHANGE, 2, this.keyOf(principal), this.dueKey, status, principal.id, lookAgainAt);
  }

  private async read(principals: readonly PrincipalRef[]): Promise<Reading> {
    const commands = this.redis.pipeline();
    commands.get(this.completeKey);
    for (const principal of principals) commands.hgetall(this.keyOf(principal));
    const [since, ...replies] = await this.attempt(commands);
    // Redis answers and has forgotten, whatever became of the connection.
    if (since === null) this.distrust();
    const isComplete = typeof since === 'string' && this.now() - Number(since) >= SETTLE_MS;
    const hashes = principals.map((_, index) => replies[index] as Fields | undefined);
    return { hashes, knowsAbsence: isComplete && this.isSettled };
  }

  private settle(): void {
    if (this.isDoubtful) this.settledAt = performance.now() + SETTLE_MS;
    this.doubts = 0;
  }

  private get isSettled(): boolean {
    return !this.isDoubtful && performance.now() >= this.settledAt;
  }

  private stateOf({ type, id }: PrincipalRef, index: number, reading: Reading): PresenceState {
    const principal = { type, id };
    const fields = reading.hashes[index];
    if (!fields) return { principal, status: 'unknown', lastSeenAt: null };
    const seen = fields[LAST_SEEN];
    if (reading.knowsAbsence) this.forgetTheDead(principal, fields);
    const found = statusOf(connectionsOf(fields), this.now());
    const status = found === 'offline' && !reading.knowsAbsence ? 'unknown' : found;
    return { principal, status, lastSeenAt: seen ? new Date(Number(seen)).toISOString() : null };
  }

  /** Entries of killed nodes have nobody else to remove them. */
  private forgetTheDead(principal: PrincipalRef, fields: Fields): void {
    const deadline = this.now() - this.config.chat.presenceLifeMs;
    const dead = entriesOf(fields)
      .filter(([, entry]) => asConnection(entry).expiresAt < deadline)
      .map(([id]) => id);
    if (dead.length > 0) this.redis.hdel(this.keyOf(principal), ...dead).catch(() => undefined);
  }

  private async write(entries: readonly Entry[]): Promise<boolean> {
    for (const batch of batchesOf(entries)) {
      const commands = this.redis.pipeline();
      for (const entry of batch) this.put(commands, entry);
      if (!isHeard(await this.attempt(commands))) return false;
    }
    return true;
  }

  private put(commands: ChainableCommander, entry: Entry): void {
    const { principal, connectionId, expiresAt, activeAt, seenAt } = entry;
    const key = this.keyOf(principal);
    commands.hset(key, connectionId, `${expiresAt},${activeAt}`, LAST_SEEN, String(seenAt));
    commands.expire(key, REMEMBER_SECONDS);
    // Later than it need be at most: whoever looks then finds out when to look again.
    if (principal.type === 'agent') commands.zadd(this.dueKey, 'NX', expiresAt, principal.id);
  }

  private async vouch(completeSince: number): Promise<boolean> {
    const { provenMs } = rhythmOf(this.config.chat.presenceLifeMs);
    const commands = this.redis.pipeline();
    commands.set(this.completeKey, String(completeSince), 'PX', provenMs, 'NX');
    commands.pexpire(this.completeKey, provenMs);
    return isHeard(await this.attempt(commands));
  }

  /** The replies in order; undefined for what failed, which with Redis away is all, and at once. */
  private async attempt(commands: ChainableCommander): Promise<unknown[]> {
    const replies = this.isAway ? [undefined] : await repliesOf(commands);
    if (!isHeard(replies)) this.distrust();
    return replies;
  }

  private get completeKey(): string {
    return `${this.config.redis.keyPrefix}-presence-complete`;
  }

  private get dueKey(): string {
    return `${this.config.redis.keyPrefix}-presence-due`;
  }

  private keyOf(principal: PrincipalRef): string {
    return `${this.config.redis.keyPrefix}-presence:${presenceKey(principal)}`;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function entriesOf(fields: Fields): [string, string][] {
  return Object.entries(fields).filter(([name]) => name !== LAST_SEEN && name !== TOLD);
}

function connectionsOf(fields: Fields): Connection[] {
  return entriesOf(fields).map(([, entry]) => asConnection(entry));
}

function asConnection(entry: string): Connection {
  const [expiresAt, activeAt] = entry.split(',').map(Number);
  return { expiresAt: expiresAt ?? 0, activeAt: activeAt ?? 0 };
}

function batchesOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}

async function repliesOf(commands: ChainableCommander): Promise<unknown[]> {
  const replies = await commands.exec().catch(() => null);
  return replies ? replies.map(([error, reply]) => (error ? undefined : reply)) : [undefined];
}

function isHeard(replies: readonly unknown[]): boolean {
  return replies.every((reply) => reply !== undefined);
}
