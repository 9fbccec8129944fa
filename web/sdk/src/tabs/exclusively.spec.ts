import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser } from '../../test/fake-browser.js';
import { runExclusively } from './exclusively.js';

let held: Map<string, string>;

beforeEach(() => {
  vi.useFakeTimers();
  held = new Map();
  return () => void vi.useRealTimers();
});

const storage = {
  getItem: (key: string) => held.get(key) ?? null,
  setItem: (key: string, value: string) => void held.set(key, value),
  removeItem: (key: string) => void held.delete(key),
};

const browser = new FakeBrowser();
const passes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each([
  ['with Web Locks', () => browser.openTab().locks],
  ['over plain http', () => null],
])('runExclusively %s', (_where, locks) => {
  it('runs one after the other in however many tabs', async () => {
    let running = 0;
    const seen: number[] = [];
    const task = async (): Promise<void> => {
      seen.push(++running);
      await passes(500);
      running -= 1;
    };
    const tabs = [1, 2, 3, 4].map(() => runExclusively('n', task, storage, locks()));
    await Promise.all([...tabs, vi.advanceTimersByTimeAsync(10_000)]);
    expect(seen).toEqual([1, 1, 1, 1]);
    expect(held.size).toBe(0);
  });

  it('passes on what the task ended with, and lets the next one in', async () => {
    const failing = runExclusively('n', () => Promise.reject(new Error('no')), storage, locks());
    const next = runExclusively('n', () => Promise.resolve('yes'), storage, locks());
    const ends = Promise.allSettled([failing, next]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await ends).toMatchObject([{ reason: { message: 'no' } }, { value: 'yes' }]);
  });
});

describe('a lease', () => {
  const run = (): Promise<string> => runExclusively('n', () => Promise.resolve('done'), storage, null);

  it('ends by itself when its tab crashed', async () => {
    held.set('n', JSON.stringify({ owner: 'crashed', until: Date.now() + 45_000 }));
    const ended = vi.fn();
    const running = run().then(ended);
    await vi.advanceTimersByTimeAsync(44_000);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    await running;
    expect(ended).toHaveBeenCalled();
  });

  it.each([
    [
      'is from the future, as the clock was set back',
      JSON.stringify({ owner: 'x', until: Date.now() + 1e9 }),
    ],
    ['is no lease', 'nonsense'],
  ])('keeps nobody waiting that %s', async (_what, value) => {
    held.set('n', value);
    const running = run();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await running).toBe('done');
  });

  it('is done without where the storage is blocked', async () => {
    const blocked = (): never => {
      throw new Error('blocked');
    };
    const task = (): Promise<string> => Promise.resolve('done');
    const refusing = { getItem: blocked, setItem: blocked, removeItem: blocked };
    expect(await runExclusively('n', task, refusing, null)).toBe('done');
  });
});
