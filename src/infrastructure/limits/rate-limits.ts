import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from '../../common/errors/common.errors.js';
import type { LimitState } from '../../common/http/rate-headers.js';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from '../redis/redis.module.js';

/** Points per minute (or another window), shared by all nodes through Redis, per node while Redis is away. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterRedis>();
  private readonly nearbyLimiters = new Map<string, RateLimiterMemory>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: AppConfig,
  ) {}

  /** Takes one point from `key`'s budget of `kind`. Throws RateLimited with the time to wait. */
  consume(kind: string, key: string, points: number, seconds = 60): Promise<LimitState> {
    return this.take(this.limiter(kind, points, seconds), key, points);
  }

  /**
   * As consume, for what happens all the time: the first quarter of the budget is each node's own and costs no
   * round trip, so the usual sender never causes one. Over several nodes it allows that quarter once more each.
   */
  async consumeNearby(kind: string, key: string, points: number, seconds = 60): Promise<LimitState> {
    const share = Math.floor(points / 4);
    const rest = points - share;
    try {
      const state = stateOf(await this.nearbyLimiter(kind, share, seconds).consume(key), points);
      return { ...state, remaining: state.remaining + rest };
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return this.take(this.limiter(kind, rest, seconds), key, points);
    }
  }

  /** Gives the whole budget back, e.g. after a successful sign-in. */
  async forgive(kind: string, key: string, points: number, seconds = 60): Promise<void> {
    await this.limiter(kind, points, seconds).delete(key);
  }

  private async take(limiter: RateLimiterRedis, key: string, limit: number): Promise<LimitState> {
    try {
      return stateOf(await limiter.consume(key), limit);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) throw new RateLimited(Math.max(refused.msBeforeNext, 1), limit);
      throw refused;
    }
  }

  private nearbyLimiter(kind: string, points: number, seconds: number): RateLimiterMemory {
    const name = `${kind}-${points}-${seconds}`;
    const known = this.nearbyLimiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterMemory({ keyPrefix: `nearby-${kind}`, points, duration: seconds });
    this.nearbyLimiters.set(name, limiter);
    return limiter;
  }

  private limiter(kind: string, points: number, seconds: number): RateLimiterRedis {
    const name = `${kind}-${points}-${seconds}`;
    const known = this.limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `${this.config.redis.keyPrefix}-limit-${kind}`,
      points,
      duration: seconds,
      // Whoever is over the limit is refused from memory: an attacker costs no round trip.
      inMemoryBlockOnConsumed: points + 1,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: kind, points, duration: seconds }),
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}

function stateOf(result: RateLimiterRes, limit: number): LimitState {
  return { limit, remaining: Math.max(result.remainingPoints, 0), resetMs: Math.max(result.msBeforeNext, 0) };
}
