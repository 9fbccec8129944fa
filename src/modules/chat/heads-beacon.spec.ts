import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Realtime } from '../../infrastructure/realtime/realtime.js';
import { conversationRoom } from '../../infrastructure/realtime/rooms.js';
import { UnheardRooms } from '../../infrastructure/realtime/unheard-rooms.js';
import type { RedisWatch } from '../../infrastructure/redis/redis-watch.js';
import type { Conversation } from './conversation.js';
import type { Epoch } from './epoch.js';
import { aHouse, type House } from './fakes/house.fake.js';
import { HeadsBeacon } from './heads-beacon.js';
import type { LoneNodes } from './lone-nodes.js';

interface Told {
  room: string;
  to: 'here' | 'everywhere';
  headSeq: number;
}

describe(HeadsBeacon.name, () => {
  let house: House;
  let beacon: HeadsBeacon;
  let unheard: UnheardRooms;
  let redis: { isAway: boolean };
  let told: Told[];
  let open: Conversation;
  let isOtherAlone: boolean;
  let hasDeclared: boolean;

  beforeEach(async () => {
    jest.useFakeTimers();
    house = aHouse();
    open = await house.add();
    [told, redis, unheard] = [[], { isAway: false }, new UnheardRooms()];
    [isOtherAlone, hasDeclared] = [false, false];
    const tell = (to: Told['to']) => (room: string, _: string, fact: { heads: { headSeq: number }[] }) =>
      told.push({ room, to, headSeq: fact.heads[0]!.headSeq });
    const realtime = {
      isServing: true,
      localRooms: [conversationRoom(open), 'agent:park'],
      emitLocal: tell('here'),
      emit: tell('everywhere'),
    } as unknown as Realtime;
    beacon = new HeadsBeacon(
      house.messages,
      house.conversations,
      house.events,
      realtime,
      unheard,
      redis as RedisWatch,
      {
        declare: () => Promise.resolve(void (hasDeclared = true)),
        haveSpoken: () => Promise.resolve(isOtherAlone),
      } as unknown as LoneNodes,
      { current: '1' } as Epoch,
      house.clock,
      house.config,
    );
    beacon.onApplicationBootstrap();
  });

  afterEach(() => {
    beacon.onModuleDestroy();
    jest.useRealTimers();
  });

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const here = (headSeq: number): Told => ({ room: conversationRoom(open), to: 'here', headSeq });

  it('says nothing new while the nodes hear each other, but for the heads of all now and then', async () => {
    await house.say(open);
    await pass(24_500);
    expect(told).toEqual([]);
    await pass(500);
    expect(told).toEqual([here(1)]);
  });

  it('tells within a second what other nodes stored while Redis is away, once', async () => {
    redis.isAway = true;
    await house.say(open);
    await pass(1_000);
    expect(told).toEqual([here(1)]);
    await pass(3_000);
    expect(told).toHaveLength(1);
  });

  it('does so as well while another node alone is without Redis, and says when it is the one', async () => {
    isOtherAlone = true;
    await house.say(open);
    await pass(1_000);
    expect(told).toEqual([here(1)]);
    expect(hasDeclared).toBe(false);
    redis.isAway = true;
    await pass(1_000);
    expect(hasDeclared).toBe(true);
  });

  it('does not tell by heads what this node told itself', async () => {
    redis.isAway = true;
    beacon.noteMessage({ conversation: open, message: await house.say(open) });
    await pass(3_000);
    expect(told).toEqual([]);
  });

  it('tells of a change as of a message, and takes the one not for the other', async () => {
    redis.isAway = true;
    const message = await house.say(open);
    beacon.noteChange({ conversation: open, message: { ...message, rev: 1 } });
    await pass(1_000);
    expect(told).toEqual([here(1)]);
    const changed = new Map([[open.id, { headSeq: 1, headRev: 2 }]]);
    jest.spyOn(house.messages, 'heads').mockResolvedValue(changed);
    await pass(1_000);
    expect(told).toHaveLength(2);
  });

  it('tells the other nodes, when they can hear again, of what was said here alone', async () => {
    redis.isAway = true;
    beacon.noteMessage({ conversation: open, message: await house.say(open) });
    unheard.note([conversationRoom(open), 'agent:park']);
    await pass(2_000);
    expect(told).toEqual([]);
    redis.isAway = false;
    await pass(1_000);
    expect(told).toEqual([{ ...here(1), to: 'everywhere' }]);
    const { id: conversationId, organizationId } = open;
    expect(house.published).toEqual([
      { name: 'conversation.changed', payload: { conversationId, organizationId, isUrgent: false } },
    ]);
  });
});
