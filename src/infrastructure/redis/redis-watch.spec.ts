import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Redis } from 'ioredis';
import { RedisWatch } from './redis-watch.js';

describe(RedisWatch.name, () => {
  let answer: () => Promise<unknown>;
  let redis: { status: string; ping: () => Promise<unknown> };
  let watch: RedisWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    answer = () => Promise.resolve('PONG');
    redis = { status: 'ready', ping: () => answer() };
    watch = new RedisWatch(redis as unknown as Redis);
    watch.onModuleInit();
  });

  afterEach(() => {
    watch.onModuleDestroy();
    jest.useRealTimers();
  });

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('sees a connection that broke at once', () => {
    redis.status = 'reconnecting';
    expect(watch.isAway).toBe(true);
  });

  it('sees within a second that a connection that stays open says nothing, and that it speaks again', async () => {
    await pass(1_000);
    expect(watch.isAway).toBe(false);
    let comeBack: (pong: string) => void = () => undefined;
    answer = () => new Promise((resolve) => (comeBack = resolve));
    await pass(700);
    expect(watch.isAway).toBe(true);
    comeBack('PONG');
    await pass(1);
    expect(watch.isAway).toBe(false);
  });

  it('takes a refusal for silence, and asks again', async () => {
    answer = () => Promise.reject(new Error('LOADING'));
    await pass(250);
    expect(watch.isAway).toBe(true);
    answer = () => Promise.resolve('PONG');
    await pass(250);
    expect(watch.isAway).toBe(false);
  });
});
