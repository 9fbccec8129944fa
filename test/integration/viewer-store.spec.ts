import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId } from '../../src/common/ids.js';
import type { AppConfig } from '../../src/config/app-config.js';
import type { RedisWatch } from '../../src/infrastructure/redis/redis-watch.js';
import { SIGHT_MS, ViewerStore, type Sight } from '../../src/modules/chat/viewing/viewer-store.js';
import { testEngineUrls } from '../support/engines.js';

describe(ViewerStore.name, () => {
  const config = { redis: { keyPrefix: `viewer-test-${newId()}` } } as AppConfig;
  let redis: Redis;
  let now: number;
  let place: Pick<Sight, 'organizationId' | 'conversationId'>;
  let store: ViewerStore;

  beforeAll(() => {
    redis = new Redis(testEngineUrls().redis);
  });

  afterAll(() => redis.disconnect());

  beforeEach(() => {
    now = Date.UTC(2026, 10, 20);
    place = { organizationId: newId(), conversationId: newId() };
    const clock = { now: () => new Date(now) };
    store = new ViewerStore(redis, { isAway: false } as RedisWatch, config, clock);
  });

  const sight = (agentId: string, connectionId = 'one'): Sight => ({ ...place, agentId, connectionId });

  it('knows each agent once, until the last of their connections has gone', async () => {
    expect(await store.enter(sight('a'))).toEqual(['a']);
    expect(await store.enter(sight('a', 'two'))).toEqual(['a']);
    expect(await store.enter(sight('b'))).toEqual(['a', 'b']);
    expect(await store.leave(sight('a'))).toEqual(expect.arrayContaining(['a', 'b']));
    expect(await store.leave(sight('a', 'two'))).toEqual(['b']);
    expect(await store.leave(sight('b'))).toEqual([]);
  });

  it('forgets who is not heard of for 45 seconds, and the whole with the last of them', async () => {
    await store.enter(sight('a'));
    now += SIGHT_MS - 1;
    expect(await store.enter(sight('b'))).toEqual(['a', 'b']);
    now += 1;
    expect(await store.enter(sight('b'))).toEqual(['b']);
    const [key = ''] = await redis.keys(`${config.redis.keyPrefix}-viewing:*${place.conversationId}`);
    expect(await redis.pttl(key)).toBeGreaterThan(SIGHT_MS - 5_000);
  });

  it('keeps conversations and tenants apart', async () => {
    await store.enter(sight('a'));
    expect(await store.enter({ ...sight('b'), conversationId: newId() })).toEqual(['b']);
    expect(await store.enter({ ...sight('b'), organizationId: newId() })).toEqual(['b']);
  });

  it('says nothing of anybody while Redis is away', async () => {
    const lost = new ViewerStore(redis, { isAway: true } as RedisWatch, config, { now: () => new Date() });
    expect(await lost.enter(sight('a'))).toBeNull();
  });
});
