import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId } from '../../src/common/ids.js';
import type { AppConfig } from '../../src/config/app-config.js';
import type { PrincipalRef } from '../../src/contracts/common.js';
import { PresenceStore } from '../../src/infrastructure/realtime/presence-store.js';
import {
  AWAY_AFTER_MS,
  CONNECTION_LIFE_MS,
  OFFLINE_GRACE_MS,
  presenceKey,
} from '../../src/infrastructure/realtime/presence.js';
import { testEngineUrls } from '../support/engines.js';

const START = Date.UTC(2026, 10, 20);

describe(PresenceStore.name, () => {
  const prefix = `presence-test-${newId()}`;
  const config = { redis: { keyPrefix: prefix } } as AppConfig;
  let redis: Redis;
  let now = START;
  const clock = { now: () => new Date(now) };
  let store: PresenceStore;
  let somebody: PrincipalRef;

  beforeAll(() => {
    redis = new Redis(testEngineUrls().redis);
    store = new PresenceStore(redis, config, clock);
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
    expect(await statusAfter(CONNECTION_LIFE_MS - 1)).toBe('online');
    expect(await statusAfter(1)).toBe('offline');
    expect((await state())?.lastSeenAt).toBe(new Date(START).toISOString());
  });

  it('lives on with each refresh', async () => {
    await enter();
    now += CONNECTION_LIFE_MS - 1;
    await store.refresh([{ principal: somebody, connectionId: 'one', activeAt: now }]);
    expect(await statusAfter(CONNECTION_LIFE_MS - 1)).toBe('online');
  });

  it('stays online for the grace after leaving, and when another device is there', async () => {
    await enter();
    await store.leave(somebody, 'one');
    expect(await statusAfter(OFFLINE_GRACE_MS - 1)).toBe('online');
    expect(await statusAfter(1)).toBe('offline');
    await store.enter(somebody, 'two');
    await store.leave(somebody, 'one');
    expect(await statusAfter(OFFLINE_GRACE_MS)).toBe('online');
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
    now += 3 * CONNECTION_LIFE_MS;
    await state();
    await redis.ping();
    expect(await redis.hkeys(`${prefix}-presence:${presenceKey(somebody)}`)).toEqual(['seen']);
  });

  it('does not know, and does not fail, while Redis is away', async () => {
    const nowhere = new Redis({
      port: 1,
      lazyConnect: true,
      enableOfflineQueue: false,
      retryStrategy: () => null,
    });
    nowhere.on('error', () => undefined);
    const lost = new PresenceStore(nowhere, config, clock);
    const principal: PrincipalRef = { type: 'agent', id: newId() };
    await lost.enter(principal, 'one');
    await lost.leave(principal, 'one');
    expect((await lost.statesOf([principal])).get(presenceKey(principal))?.status).toBe('unknown');
    nowhere.disconnect();
  });
});
