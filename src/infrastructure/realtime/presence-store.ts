import { Inject, Injectable } from '@nestjs/common';
import type { ChainableCommander, Redis } from 'ioredis';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import type { PrincipalRef } from '../../contracts/common.js';
import type { PresenceState } from '../../contracts/socket.js';
import { REDIS } from '../redis/redis.module.js';
import { CONNECTION_LIFE_MS, OFFLINE_GRACE_MS, presenceKey, statusOf, type Connection } from './presence.js';

export interface LiveConnection {
  principal: PrincipalRef;
  connectionId: string;
  activeAt: number;
}

type Fields = Record<string, string>;

/** The one field of a principal's hash that is not a connection. */
const LAST_SEEN = 'seen';
const REMEMBER_SECONDS = 30 * 24 * 3600;
/** Keeps a single pipeline from holding up everything else on the connection. */
const BATCH = 500;

/**
 * Who is connected anywhere: a hash per principal in Redis, in which each connection carries its own expiry.
 * Writes are best effort, since the next refresh repeats them; what cannot be read is `unknown`.
 */
@Injectable()
export class PresenceStore {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  enter(principal: PrincipalRef, connectionId: string): Promise<void> {
    return this.refresh([{ principal, connectionId, activeAt: this.now() }]);
  }

  async refresh(connections: readonly LiveConnection[]): Promise<void> {
    for (const batch of batchesOf(connections)) {
      const commands = this.redis.pipeline();
      for (const connection of batch) this.write(commands, connection, CONNECTION_LIFE_MS);
      await attempt(commands);
    }
  }

  /** The connection is forgotten after the grace, not before: nobody is offline for reloading a page. */
  async leave(principal: PrincipalRef, connectionId: string, activeAt = this.now()): Promise<void> {
    const commands = this.redis.pipeline();
    this.write(commands, { principal, connectionId, activeAt }, OFFLINE_GRACE_MS);
    await attempt(commands);
  }

  /** By `presenceKey`, i.e. `agent:<id>`. One round trip for any number up to the batch size. */
  async statesOf(principals: readonly PrincipalRef[]): Promise<Map<string, PresenceState>> {
    const states = new Map<string, PresenceState>();
    for (const batch of batchesOf(principals)) {
      const hashes = await this.read(batch);
      batch.forEach((principal, index) => {
        states.set(presenceKey(principal), this.stateOf(principal, hashes[index]));
      });
    }
    return states;
  }

  private async read(principals: readonly PrincipalRef[]): Promise<(Fields | undefined)[]> {
    const commands = this.redis.pipeline();
    for (const principal of principals) commands.hgetall(this.keyOf(principal));
    const replies = await attempt(commands);
    return principals.map((_, index) => replies[index] as Fields | undefined);
  }

  private stateOf({ type, id }: PrincipalRef, fields: Fields | undefined): PresenceState {
    const principal = { type, id };
    if (!fields) return { principal, status: 'unknown', lastSeenAt: null };
    const { [LAST_SEEN]: seen, ...entries } = fields;
    this.forgetTheDead(principal, entries);
    const status = statusOf(Object.values(entries).map(asConnection), this.now());
    return { principal, status, lastSeenAt: seen ? new Date(Number(seen)).toISOString() : null };
  }

  /** Entries of killed nodes have nobody else to remove them. */
  private forgetTheDead(principal: PrincipalRef, entries: Fields): void {
    const now = this.now();
    const dead = Object.keys(entries).filter(
      (id) => asConnection(entries[id] ?? '').expiresAt + CONNECTION_LIFE_MS < now,
    );
    if (dead.length > 0) this.redis.hdel(this.keyOf(principal), ...dead).catch(() => undefined);
  }

  private write(commands: ChainableCommander, connection: LiveConnection, lifeMs: number): void {
    const { principal, connectionId, activeAt } = connection;
    const now = this.now();
    const key = this.keyOf(principal);
    commands.hset(key, connectionId, `${now + lifeMs},${activeAt}`, LAST_SEEN, String(now));
    commands.expire(key, REMEMBER_SECONDS);
  }

  private keyOf(principal: PrincipalRef): string {
    return `${this.config.redis.keyPrefix}-presence:${presenceKey(principal)}`;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
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

/** The replies in order; undefined for what failed, which with Redis away is all. */
async function attempt(commands: ChainableCommander): Promise<unknown[]> {
  try {
    return ((await commands.exec()) ?? []).map(([error, reply]) => (error ? undefined : reply));
  } catch {
    return [];
  }
}
