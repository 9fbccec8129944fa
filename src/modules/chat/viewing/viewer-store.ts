import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { RedisWatch } from '../../../infrastructure/redis/redis-watch.js';
import { REDIS } from '../../../infrastructure/redis/redis.module.js';

/** An agent who looks at a conversation through one connection. */
export interface Sight {
  organizationId: string;
  conversationId: string;
  agentId: string;
  connectionId: string;
}

/** Two repetitions may be lost; whoever is not heard of for so long has gone. */
export const SIGHT_MS = 45_000;

/**
 * Which agents look at which conversation: a sorted set in Redis whose scores are the ends of its members, gone as a
 * whole with the last of them. Nothing of it is kept anywhere else; while Redis is away nobody is seen to look.
 */
@Injectable()
export class ViewerStore {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly watch: RedisWatch,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Answers who looks at it now; null when nobody can say. */
  enter(sight: Sight): Promise<string[] | null> {
    return this.note(sight, this.clock.now().getTime() + SIGHT_MS);
  }

  leave(sight: Sight): Promise<string[] | null> {
    return this.note(sight, 0);
  }

  /** An end in the past takes it out. */
  private async note(sight: Sight, endsAt: number): Promise<string[] | null> {
    if (this.watch.isAway) return null;
    const key = this.keyOf(sight);
    const replies = await this.redis
      .pipeline()
      .zadd(key, String(endsAt), `${sight.agentId} ${sight.connectionId}`)
      .zremrangebyscore(key, '-inf', String(this.clock.now().getTime()))
      .pexpire(key, SIGHT_MS)
      .zrange(key, '0', '-1')
      .exec()
      .catch(() => null);
    const members = replies?.at(-1)?.[1];
    return Array.isArray(members) ? agentIdsOf(members as string[]) : null;
  }

  private keyOf({ organizationId, conversationId }: Sight): string {
    return `${this.config.redis.keyPrefix}-viewing:${organizationId}:${conversationId}`;
  }
}

/** Each once, however many devices they look through. */
function agentIdsOf(members: readonly string[]): string[] {
  return [...new Set(members.map((member) => member.slice(0, member.indexOf(' '))))];
}
