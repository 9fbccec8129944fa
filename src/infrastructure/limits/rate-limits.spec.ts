import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Redis } from 'ioredis';
import { RateLimited } from '../../common/errors/common.errors.js';
import type { AppConfig } from '../../config/app-config.js';
import type { RedisWatch } from '../redis/redis-watch.js';
import { RateLimits } from './rate-limits.js';

const POINTS = 4;
const MINUTE_MS = 60_000;

/** One counter per key with its expiry, as the script of the limiter has it. */
class FakeRedis extends EventEmitter {
  status = 'ready';
  isHanging = false;
  asked = 0;
  private readonly windows = new Map<string, { count: number; endsAt: number }>();

  defineCommand(): void {
    return;
  }

  rlflxIncr([key, points, seconds]: [string, string, string]): Promise<[number, number]> {
    this.asked++;
    if (this.isHanging) return Promise.reject(new Error('Command timed out'));
    const now = performance.now();
    const known = this.windows.get(key);
    const open = known && known.endsAt > now ? known : { count: 0, endsAt: now + Number(seconds) * 1000 };
    const window = { ...open, count: open.count + Number(points) };
    this.windows.set(key, window);
    return Promise.resolve([window.count, window.endsAt - now]);
  }

  del(key: string): Promise<number> {
    return Promise.resolve(Number(this.windows.delete(key)));
  }

  die(): void {
    this.status = 'reconnecting';
    this.windows.clear();
    this.emit('close');
  }
}

function aNode(redis: FakeRedis): RateLimits {
  const watch = {
    get isAway() {
      return redis.status !== 'ready';
    },
  } as RedisWatch;
  return new RateLimits(redis as unknown as Redis, watch, { redis: { keyPrefix: 'test' } } as AppConfig);
}

describe(RateLimits.name, () => {
  let redis: FakeRedis;
  let node: RateLimits;

  beforeEach(() => {
    jest.useFakeTimers();
    redis = new FakeRedis();
    node = aNode(redis);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const take = (on = node) => on.consume('message', 'kim', POINTS);
  const takeNearby = (on = node) => on.consumeNearby('message', 'kim', POINTS);
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => undefined,
      (error: RateLimited) => error.retry?.retryAfterMs,
    );

  /** How many are let through until the first refusal. */
  async function letThrough(attempt: () => Promise<unknown>): Promise<number> {
    for (let count = 0; ; count++) {
      if ((await refusal(attempt())) !== undefined) return count;
    }
  }

  it('counts for all nodes together, and says when there is budget again', async () => {
    const other = aNode(redis);
    await take();
    jest.advanceTimersByTime(10_000);
    for (let count = 1; count < POINTS; count++) await take(other);
    expect(await refusal(take())).toBe(MINUTE_MS - 10_000);
    jest.advanceTimersByTime(MINUTE_MS - 10_000);
    expect(await take()).toMatchObject({ limit: POINTS, remaining: POINTS - 1, resetMs: MINUTE_MS });
  });

  it('refuses who is over the limit without asking', async () => {
    await letThrough(take);
    const { asked } = redis;
    await expect(take()).rejects.toThrow(RateLimited);
    expect(redis.asked).toBe(asked);
  });

  it('goes on from what was taken when Redis dies, and asks nothing of it meanwhile', async () => {
    await take();
    jest.advanceTimersByTime(20_000);
    redis.die();
    const { asked } = redis;
    expect(await letThrough(take)).toBe(POINTS - 1);
    expect(await refusal(take())).toBe(MINUTE_MS - 20_000);
    expect(redis.asked).toBe(asked);
  });

  it('takes a Redis that does not answer for one that is away', async () => {
    await take();
    redis.isHanging = true;
    expect(await letThrough(take)).toBe(POINTS - 1);
    redis.isHanging = false;
    expect(await letThrough(take)).toBe(0);
  });

  it('gives nobody more than a budget per node and window, however often Redis comes back empty', async () => {
    const nodes = [node, aNode(redis)];
    let passed = 0;
    for (let restarts = 0; restarts < 5; restarts++) {
      for (const each of nodes) passed += await letThrough(() => takeNearby(each));
      redis.die();
      for (const each of nodes) passed += await letThrough(() => takeNearby(each));
      redis.status = 'ready';
    }
    expect(passed).toBeLessThanOrEqual(nodes.length * POINTS);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(await letThrough(take)).toBe(POINTS);
  });

  it('believes what other nodes took after Redis came back', async () => {
    const other = aNode(redis);
    await take();
    redis.die();
    redis.status = 'ready';
    await take(other);
    await take(other);
    expect(await take()).toMatchObject({ remaining: POINTS - 3 });
  });

  it("says of a budget in two parts when the first of them is anybody's again", async () => {
    await takeNearby();
    jest.advanceTimersByTime(30_000);
    await letThrough(takeNearby);
    expect(await refusal(takeNearby())).toBe(30_000);
    jest.advanceTimersByTime(30_000);
    await expect(takeNearby()).resolves.toBeDefined();
  });

  it('forgives on this node as well', async () => {
    await letThrough(take);
    await node.forgive('message', 'kim', POINTS);
    expect(await letThrough(take)).toBe(POINTS);
  });
});
