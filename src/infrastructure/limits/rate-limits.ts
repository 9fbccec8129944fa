import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from '../../common/errors/common.errors.js';
import type { LimitState } from '../../common/http/rate-headers.js';
import { AppConfig } from '../../config/app-config.js';
import { RedisWatch } from '../redis/redis-watch.js';
import { REDIS } from '../redis/redis.module.js';
import { BudgetLedger, type Account } from './budget-ledger.js';

interface Budget {
  kind: string;
  key: string;
  points: number;
  seconds: number;
}

/**
 * Points per minute (or another window), shared by all nodes through Redis. While Redis is away each node goes on
 * from what it knows was taken, so that one sender gets at most the whole budget per window from each node,
 * however often Redis comes and goes.
 */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterRedis>();
  private readonly nearbyLimiters = new Map<string, RateLimiterMemory>();
  private readonly ledger = new BudgetLedger();
  /** What was counted before this may be more than Redis remembers. */
  private lostAt = -Infinity;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly watch: RedisWatch,
    private readonly config: AppConfig,
  ) {
    redis.on('close', () => this.noteLoss());
  }

  /** Takes one point from `key`'s budget of `kind`. Throws RateLimited with the time to wait. */
  consume(kind: string, key: string, points: number, seconds = 60): Promise<LimitState> {
    return this.take({ kind, key, points, seconds }, points);
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
      const budget = { kind, key, points: rest, seconds };
      return this.take(budget, points, share > 0 ? refused.msBeforeNext : Infinity);
    }
  }

  /** Gives the whole budget back, e.g. after a successful sign-in. */
  async forgive(kind: string, key: string, points: number, seconds = 60): Promise<void> {
    this.ledger.forget(idOf({ kind, key, points, seconds }));
    if (!this.watch.isAway) await this.limiter(kind, points, seconds).delete(key);
  }

  /** @param orAfterMs when there is budget elsewhere, should that be sooner */
  private async take(budget: Budget, limit: number, orAfterMs = Infinity): Promise<LimitState> {
    const account = await this.accountOf(budget);
    const resetMs = Math.max(account.endsAt - performance.now(), 1);
    if (account.taken > budget.points)
      throw new RateLimited(Math.min(resetMs, Math.max(orAfterMs, 1)), limit);
    return { limit, remaining: budget.points - account.taken, resetMs };
  }

  /** Whoever is over the limit is refused from memory: an attacker costs no round trip. */
  private async accountOf(budget: Budget): Promise<Account> {
    const known = this.ledger.find(idOf(budget));
    if (known && known.taken > budget.points) return known;
    if (this.watch.isAway) return this.takeHere(budget);
    try {
      return await this.takeFromRedis(budget);
    } catch {
      return this.takeHere(budget);
    }
  }

  private takeHere(budget: Budget): Account {
    this.noteLoss();
    return this.ledger.take(idOf(budget), budget.seconds);
  }

  private async takeFromRedis(budget: Budget): Promise<Account> {
    const askedAt = performance.now();
    const { consumedPoints, msBeforeNext } = await this.askRedis(budget);
    const known = this.ledger.find(idOf(budget));
    const hasForgotten = known && known.openedAt <= this.lostAt && known.taken >= consumedPoints;
    return hasForgotten
      ? this.ledger.take(idOf(budget), budget.seconds)
      : this.ledger.note(idOf(budget), consumedPoints, askedAt + msBeforeNext);
  }

  private async askRedis({ kind, key, points, seconds }: Budget): Promise<RateLimiterRes> {
    try {
      return await this.limiter(kind, points, seconds).consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    }
  }

  private noteLoss(): void {
    this.lostAt = performance.now();
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
      rejectIfRedisNotReady: true,
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}

function idOf({ kind, key }: Budget): string {
  return `${kind}:${key}`;
}

function stateOf(result: RateLimiterRes, limit: number): LimitState {
  return { limit, remaining: Math.max(result.remainingPoints, 0), resetMs: Math.max(result.msBeforeNext, 0) };
}
