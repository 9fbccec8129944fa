import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { mongo } from 'mongoose';
import { newId } from '../../src/common/ids.js';
import { upsert, upsertAll } from '../../src/infrastructure/mongo/upsert.js';
import { MongoSuite } from '../support/mongo-suite.js';

interface Counter {
  _id: string;
  organizationId: string;
  count: number;
}

// Some three of a hundred meet, so of thousands some always do.
const ROUNDS = 300;
const AT_ONCE = 8;

describe('upserts of one document at once', () => {
  const suite = new MongoSuite();
  let counters: mongo.Collection<Counter>;
  let organizationId: string;

  beforeAll(() => {
    counters = suite.connection.db!.collection<Counter>('counters');
  });

  beforeEach(() => {
    organizationId = newId();
  });

  const increment = (name: string) => ({
    filter: { _id: `${organizationId}:${name}`, organizationId },
    update: { $inc: { count: 1 } },
  });

  async function inRounds(count: (round: string) => Promise<unknown>): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => count(String(round))));
    }
  }

  async function counts(): Promise<number[]> {
    return (await counters.find({ organizationId }).toArray()).map(({ count }) => count);
  }

  it('are all counted, each once', async () => {
    await inRounds((round) => {
      const { filter, update } = increment(round);
      return upsert(() => counters.updateOne(filter, update, { upsert: true }));
    });
    expect(await counts()).toEqual(Array.from({ length: ROUNDS }, () => AT_ONCE));
  });

  it('are all counted once also among others that were written at the first try', async () => {
    await inRounds((round) => {
      const updates = [`${round}:a`, `${round}:b`, `${round}:c`].map((name) => ({
        updateOne: { ...increment(name), upsert: true },
      }));
      return upsertAll(counters, updates);
    });
    expect(await counts()).toEqual(Array.from({ length: 3 * ROUNDS }, () => AT_ONCE));
  });

  it('are refused where the document is of another tenant', async () => {
    const { filter, update } = increment('one');
    await counters.updateOne(filter, update, { upsert: true });
    const foreign = { filter: { ...filter, organizationId: newId() }, update, upsert: true };
    await expect(
      upsert(() => counters.updateOne(foreign.filter, update, { upsert: true })),
    ).rejects.toMatchObject({ code: 11000 });
    await expect(upsertAll(counters, [{ updateOne: foreign }])).rejects.toMatchObject({ code: 11000 });
    expect(await counts()).toEqual([1]);
  });

  it('are not tried again when something else is wrong', async () => {
    const { filter } = increment('one');
    let tries = 0;
    const write = () => {
      tries++;
      return counters.updateOne(filter, { $inc: { count: 'one' as unknown as number } }, { upsert: true });
    };
    await expect(upsert(write)).rejects.toMatchObject({ code: 14 });
    expect(tries).toBe(1);
  });
});
