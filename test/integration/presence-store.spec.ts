import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId } from '../../src/common/ids.js';
import type { AppConfig } from '../../src/config/app-config.js';
import type { PrincipalRef } from '../../src/contracts/common.js';
import { PresenceStore } from '../../src/infrastructure/realtime/presence-store.js';
import {
  AWAY_AFTER_MS,
  presenceKey,
  rhythmOf,
  SETTLE_MS,
} from '../../src/infrastructure/realtime/presence.js';
import type { RedisWatch } from '../../src/infrastructure/redis/redis-watch.js';
import { testEngineUrls } from '../support/engines.js';

const START = Date.UTC(2026, 10, 20);
const LIFE_MS = 60_000;
const GRACE_MS = 15_000;
const CHAT = { presenceLifeMs: LIFE_MS, presenceGraceMs: GRACE_MS };
const THERE = { isAway: false } as RedisWatch;

describe(PresenceStore.name, () => {
  const prefix = `presence-test-${newId()}`;
  const config = { redis: { keyPrefix: prefix }, chat: CHAT } as AppConfig;
  let redis: Redis;
  let now = START;
  const clock = { now: () => new Date(now) };
  let store: PresenceStore;
  let somebody: PrincipalRef;

  beforeAll(() => {
    redis = new Redis(testEngineUrls().redis);
    store = new PresenceStore(redis, THERE, config, clock);
  });

  afterEach(() => {
    now = START;
  });

  afterAll(async () => {
    for await (const keys of redis.scanStream({ match: `${prefix}*` })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
    redis.disconnect();
  });

  beforeEach(async () => {
    await redis.del(`${prefix}-presence-complete`);
    await settleOn(store);
  });

  /** As the first node does, before anybody is connected to it. */
  const settleOn = (on: PresenceStore) => on.state({ live: [], closed: [], completeSince: now - SETTLE_MS });
  const leave = (connectionId: string) =>
    store.leave([{ principal: somebody, connectionId, activeAt: now, leftAt: now }]);
  const enter = (connectionId = 'one') => {
    somebody = { type: 'user', id: newId() };
    return store.enter(somebody, connectionId);
  };
  const state = async () => (await store.statesOf([somebody])).get(presenceKey(somebody));
  const statusAfter = async (milliseconds: number) => {
    now += milliseconds;
    return (await state())?.status;
  };

  it('is online from entering until nobody refreshes the connection', async () => {
    await enter();
    expect(await statusAfter(LIFE_MS - 1)).toBe('online');
    expect(await statusAfter(1)).toBe('offline');
    expect((await state())?.lastSeenAt).toBe(new Date(START).toISOString());
  });

  it('lives on with each refresh', async () => {
    await enter();
    now += LIFE_MS - 1;
    await store.refresh([{ principal: somebody, connectionId: 'one', activeAt: now }]);
    expect(await statusAfter(LIFE_MS - 1)).toBe('online');
  });

  it('stays online for the grace after leaving, and when another device is there', async () => {
    await enter();
    await leave('one');
    expect(await statusAfter(GRACE_MS - 1)).toBe('online');
    expect(await statusAfter(1)).toBe('offline');
    await store.enter(somebody, 'two');
    await leave('one');
    expect(await statusAfter(GRACE_MS)).toBe('online');
  });

  it('is away when nobody did anything for five minutes on any device', async () => {
    await enter();
    const idle = { principal: somebody, connectionId: 'one', activeAt: START - AWAY_AFTER_MS };
    await store.refresh([idle]);
    expect((await state())?.status).toBe('away');
    await store.refresh([{ ...idle, connectionId: 'two', activeAt: START }]);
    expect((await state())?.status).toBe('online');
  });

  it('answers for everybody who was asked for, known or not, of either type', async () => {
    await enter();
    const stranger: PrincipalRef = { type: 'agent', id: somebody.id };
    const states = await store.statesOf([somebody, stranger]);
    expect(states.get(presenceKey(stranger))).toEqual({
      principal: stranger,
      status: 'offline',
      lastSeenAt: null,
    });
    expect(states.size).toBe(2);
  });

  it('forgets connections of killed nodes', async () => {
    await enter();
    now += 3 * LIFE_MS;
    await state();
    await redis.ping();
    expect(await redis.hkeys(`${prefix}-presence:${presenceKey(somebody)}`)).toEqual(['seen']);
  });

  it('does not know where who is not found is, until every node had the time to say', async () => {
    await redis.del(`${prefix}-presence-complete`);
    const fresh = new PresenceStore(redis, THERE, config, clock);
    somebody = { type: 'user', id: newId() };
    const stateOnFresh = async () => (await fresh.statesOf([somebody])).get(presenceKey(somebody))?.status;
    expect(await stateOnFresh()).toBe('unknown');
    expect(fresh.isDoubtful).toBe(true);
    const another = new PresenceStore(redis, THERE, config, clock);
    await another.state({ live: [], closed: [], completeSince: now });
    const onAnother = async () => (await another.statesOf([somebody])).get(presenceKey(somebody))?.status;
    expect(await onAnother()).toBe('unknown');
    now += SETTLE_MS;
    expect(await onAnother()).toBe('offline');
  });

  it('knows of an emptied Redis that it is one, whatever the time that the next start claims', async () => {
    await enter();
    await redis.del(`${prefix}-presence-complete`);
    await store.state({ live: [], closed: [], completeSince: now });
    await settleOn(store);
    expect((await store.statesOf([{ type: 'user', id: newId() }])).values().next().value?.status).toBe(
      'unknown',
    );
  });

  it('lets the word that all is there end before a connection can have expired for want of a refresh', async () => {
    const left = await redis.pttl(`${prefix}-presence-complete`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(LIFE_MS - rhythmOf(LIFE_MS).refreshMs);
  });

  it('keeps who was being refreshed while leaving no longer than the grace', async () => {
    await enter();
    await leave('one');
    const closed = [{ principal: somebody, connectionId: 'one', activeAt: now, leftAt: now }];
    await store.refresh([{ principal: somebody, connectionId: 'one', activeAt: now }]);
    await store.state({ live: [], closed, completeSince: now });
    expect(await statusAfter(GRACE_MS)).toBe('offline');
  });

  describe('what becomes of agents', () => {
    const enterAsAgent = () => {
      somebody = { type: 'agent', id: newId() };
      return store.enter(somebody, 'one');
    };
    const settle = (on = store) => on.state({ live: [], closed: [], completeSince: START - SETTLE_MS });
    const isDue = async (on = store) => (await on.takeDue()).some(({ id }) => id === somebody.id);
    const changes = async (on = store) => (await on.takeChanges([somebody])).map(({ status }) => status);

    it('is told once, whoever asks', async () => {
      const another = new PresenceStore(redis, THERE, config, clock);
      await enterAsAgent();
      const told = await Promise.all([changes(), changes(another), changes()]);
      expect(told.flat()).toEqual(['online']);
      expect(await changes()).toEqual([]);
    });

    it('is due when they are idle, and told as it is then, and again when they come back', async () => {
      await enterAsAgent();
      await changes();
      const idle = { principal: somebody, connectionId: 'one', activeAt: START };
      now += LIFE_MS - 1;
      await store.refresh([idle]);
      expect(await isDue()).toBe(false);
      now += 1;
      expect(await isDue()).toBe(true);
      expect(await changes()).toEqual([]);
      now = START + AWAY_AFTER_MS - 1;
      await settle();
      await store.refresh([idle]);
      await changes();
      expect(await isDue()).toBe(false);
      now += 1;
      expect(await isDue()).toBe(true);
      expect(await changes()).toEqual(['away']);
      expect(await isDue()).toBe(false);
      await store.refresh([{ ...idle, activeAt: now }]);
      expect([await changes(), await changes()]).toEqual([['online'], []]);
    });

    it('is due when their node died, at one node at a time, until somebody has looked', async () => {
      await enterAsAgent();
      await changes();
      now += LIFE_MS;
      await settle();
      const another = new PresenceStore(redis, THERE, config, clock);
      const taken = await Promise.all([isDue(), isDue(another), isDue()]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      now += rhythmOf(LIFE_MS).sweepMs;
      expect(await isDue()).toBe(true);
      expect([await changes(), await changes(another)]).toEqual([['offline'], []]);
      now += LIFE_MS;
      expect(await isDue()).toBe(false);
      expect(await redis.hget(`${prefix}-presence:${presenceKey(somebody)}`, 'told')).toBeNull();
    });

    it('is not told while Redis may have forgotten, but later', async () => {
      await enterAsAgent();
      await changes();
      now += LIFE_MS;
      await redis.del(`${prefix}-presence-complete`);
      expect(await isDue()).toBe(true);
      expect(await changes()).toEqual([]);
      now += rhythmOf(LIFE_MS).sweepMs;
      await settle();
      const recovered = new PresenceStore(redis, THERE, config, clock);
      expect(await isDue(recovered)).toBe(true);
      expect(await changes(recovered)).toEqual(['offline']);
    });

    it('is nothing that is noted of users', async () => {
      await enter();
      now += LIFE_MS;
      expect(await isDue()).toBe(false);
    });
  });

  it('asks nothing of a Redis that is known to be away', async () => {
    const watch = { isAway: true } as RedisWatch;
    const waiting = new PresenceStore(redis, watch, config, clock);
    await enter();
    expect((await waiting.statesOf([somebody])).get(presenceKey(somebody))?.status).toBe('unknown');
    expect(waiting.isDoubtful).toBe(true);
  });

  it('does not know, and does not fail, while Redis is away', async () => {
    const nowhere = new Redis({
      port: 1,
      lazyConnect: true,
      enableOfflineQueue: false,
      retryStrategy: () => null,
    });
    nowhere.on('error', () => undefined);
    const lost = new PresenceStore(nowhere, THERE, config, clock);
    const principal: PrincipalRef = { type: 'agent', id: newId() };
    await lost.enter(principal, 'one');
    await lost.leave([{ principal, connectionId: 'one', activeAt: now, leftAt: now }]);
    expect((await lost.statesOf([principal])).get(presenceKey(principal))?.status).toBe('unknown');
    nowhere.disconnect();
  });
});
