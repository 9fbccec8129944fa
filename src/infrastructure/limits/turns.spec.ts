import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { AppConfig } from '../../config/app-config.js';
import type { RedisWatch } from '../redis/redis-watch.js';
import { Turns } from './turns.js';

/** Keys with their expiry, asked as the turns ask them. */
class FakeRedis {
  isAway = false;
  isHanging = false;
  private readonly keys = new Map<string, { value: string; endsAt: number }>();

  multi() {
    const asked: (() => unknown)[] = [];
    const chain = {
      set: (key: string, value: string, _px: string, ms: number) => {
        asked.push(() => this.setUnlessThere(key, value, ms));
        return chain;
      },
      get: (key: string) => {
        asked.push(() => this.find(key)?.value ?? null);
        return chain;
      },
      pttl: (key: string) => {
        asked.push(() => (this.find(key)?.endsAt ?? performance.now() - 2) - performance.now());
        return chain;
      },
      exec: () =>
        this.isHanging
          ? Promise.reject(new Error('Command timed out'))
          : Promise.resolve(asked.map((answer) => [null, answer()])),
    };
    return chain;
  }

  private find(key: string) {
    const found = this.keys.get(key);
    return found && found.endsAt > performance.now() ? found : undefined;
  }

  private setUnlessThere(key: string, value: string, ms: number): 'OK' | null {
    if (this.find(key)) return null;
    this.keys.set(key, { value, endsAt: performance.now() + ms });
    return 'OK';
  }
}

describe(Turns.name, () => {
  let redis: FakeRedis;
  let here: Turns;
  let there: Turns;

  const aNode = () =>
    new Turns(
      redis as unknown as Redis,
      redis as unknown as RedisWatch,
      {
        redis: { keyPrefix: 'test' },
      } as AppConfig,
    );

  beforeEach(() => {
    jest.useFakeTimers();
    redis = new FakeRedis();
    [here, there] = [aNode(), aNode()];
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is for one holder at a time, on all nodes, and for as long as was said', async () => {
    expect(await here.take('a', 'first', 10)).toBe(0);
    jest.advanceTimersByTime(4_000);
    expect([await here.take('a', 'second', 10), await there.take('a', 'second', 10)]).toEqual([6_000, 6_000]);
    expect([await here.take('a', 'first', 10), await there.take('a', 'first', 10)]).toEqual([0, 0]);
    expect(await there.take('b', 'second', 10)).toBe(0);
    jest.advanceTimersByTime(6_000);
    expect([await there.take('a', 'second', 10), await here.take('a', 'first', 10)]).toEqual([0, 10_000]);
  });

  it('does not hold anybody to a span that is no longer asked for', async () => {
    expect(await here.take('a', 'first', 3_600)).toBe(0);
    expect(await here.take('a', 'second', 10)).toBe(0);
  });

  it.each(['isAway', 'isHanging'] as const)('goes by what the node knows while Redis %s', async (state) => {
    expect(await here.take('a', 'first', 10)).toBe(0);
    redis[state] = true;
    expect(await here.take('a', 'second', 10)).toBe(10_000);
    expect(await here.take('b', 'first', 10)).toBe(0);
    expect(await here.take('b', 'second', 10)).toBe(10_000);
    redis[state] = false;
    expect(await here.take('b', 'second', 10)).toBe(10_000);
  });
});
