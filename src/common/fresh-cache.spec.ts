import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FreshCache } from './fresh-cache.js';

const down = () => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }));

describe(FreshCache.name, () => {
  let cache: FreshCache<{ value: number }>;
  let loads: number;
  const load = async () => ({ value: ++loads });

  beforeEach(() => {
    jest.useFakeTimers();
    cache = new FreshCache(10);
    loads = 0;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks again after five seconds', async () => {
    await cache.get('a', load);
    jest.advanceTimersByTime(4_900);
    expect(await cache.get('a', load)).toEqual({ value: 1 });
    jest.advanceTimersByTime(200);
    expect(await cache.get('a', load)).toEqual({ value: 2 });
  });

  it('goes on with what it knows while the store is down, for thirty seconds', async () => {
    await cache.get('a', load);
    jest.advanceTimersByTime(29_000);
    expect(await cache.get('a', down)).toEqual({ value: 1 });
    expect(await cache.getMany(['a'], down)).toEqual(new Map([['a', { value: 1 }]]));
    jest.advanceTimersByTime(2_000);
    await expect(cache.get('a', down)).rejects.toThrow('down');
    await expect(cache.getMany(['a'], down)).rejects.toThrow('down');
  });

  it('asks once for those who ask at the same time', async () => {
    await Promise.all([cache.get('a', load), cache.get('a', load)]);
    expect(loads).toBe(1);
  });

  it('does not keep what was being read when it had to forget', async () => {
    const reading = cache.get('a', load);
    cache.forget('a');
    await reading;
    expect(await cache.get('a', load)).toEqual({ value: 2 });
  });

  it('asks once for all that it does not know', async () => {
    await cache.get('a', load);
    const asked: string[][] = [];
    const found = await cache.getMany(['a', 'b', 'c'], async (missing) => {
      asked.push(missing);
      return new Map([['b', { value: 9 }]]);
    });
    expect(asked).toEqual([['b', 'c']]);
    expect(found).toEqual(
      new Map([
        ['a', { value: 1 }],
        ['b', { value: 9 }],
      ]),
    );
  });
});
