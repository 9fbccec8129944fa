import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

interface Asked {
  name: string;
  resolve(answer: string): void;
  reject(error: unknown): void;
}

function lanesOf(work: (batch: Asked[]) => Promise<void>, size = 2) {
  const lanes = new Lanes<Asked>(size, (_, batch) => work(batch));
  return (lane: string, name: string) =>
    new Promise<string>((resolve, reject) => lanes.add(lane, { name, resolve, reject }));
}

describe('Lanes', () => {
  it('does the work of a lane in order, what waits together in one batch, and of others meanwhile', async () => {
    const batches: string[] = [];
    const ask = lanesOf(async (batch) => {
      batches.push(batch.map(({ name }) => name).join('+'));
      await new Promise(setImmediate);
      for (const { name, resolve } of batch) resolve(name);
    });
    const asked = [ask('a', '1'), ask('a', '2'), ask('a', '3'), ask('a', '4'), ask('b', 'x')];
    expect(await Promise.all(asked)).toEqual(['1', '2', '3', '4', 'x']);
    expect(batches).toEqual(['1', 'x', '2+3', '4']);
  });

  it('refuses those who wait behind a store that is out of reach, and works again afterwards', async () => {
    let isAway = true;
    const down = new Error('away');
    const ask = lanesOf(async (batch) => {
      await new Promise(setImmediate);
      for (const { name, resolve, reject } of batch) {
        if (isAway) reject(down);
        else resolve(name);
      }
      if (isAway) throw down;
    });
    const answers = await Promise.allSettled(['1', '2', '3', '4'].map((name) => ask('a', name)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'));
    isAway = false;
    expect(await ask('a', '5')).toBe('5');
  });
});
