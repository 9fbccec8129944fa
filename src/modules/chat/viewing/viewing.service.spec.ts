import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../../common/access/principal.js';
import { NotFound } from '../../../common/errors/common.errors.js';
import { newId } from '../../../common/ids.js';
import type { RateLimits } from '../../../infrastructure/limits/rate-limits.js';
import type { Realtime } from '../../../infrastructure/realtime/realtime.js';
import type { AgentService } from '../../agent/agent.service.js';
import { anAgent } from '../fakes/factories.fake.js';
import { aHouse, type House } from '../fakes/house.fake.js';
import type { Sight, ViewerStore } from './viewer-store.js';
import { ViewingService } from './viewing.service.js';

describe(ViewingService.name, () => {
  const organizationId = newId();
  const jiwoo = anAgent({ organizationId });
  let house: House;
  let isAway: boolean;
  let seen: Set<string>;
  let told: unknown[];
  let viewing: ViewingService;

  beforeEach(() => {
    house = aHouse();
    [isAway, seen, told] = [false, new Set(), []];
    const note = async (sight: Sight, isThere: boolean) => {
      const key = `${sight.conversationId} ${sight.agentId}`;
      if (isThere) seen.add(key);
      else seen.delete(key);
      const here = [...seen].filter((one) => one.startsWith(sight.conversationId));
      return isAway ? null : here.map((one) => one.split(' ')[1]!);
    };
    const store = { enter: (sight: Sight) => note(sight, true), leave: (sight: Sight) => note(sight, false) };
    const names = new Map([[jiwoo.id, { name: jiwoo.name, avatarUrl: null }]]);
    viewing = new ViewingService(
      store as unknown as ViewerStore,
      house.access,
      { namesOf: async () => names } as unknown as AgentService,
      { consumeNearby: async () => undefined } as unknown as RateLimits,
      { emitVolatile: (...all: unknown[]) => told.push(all) } as unknown as Realtime,
    );
  });

  const begin = async (principal: AgentPrincipal = jiwoo, given = {}) => {
    const { id } = await house.add({ organizationId, ...given });
    await viewing.begin(principal, 'socket-1', id);
    return id;
  };

  it('tells the agents who have it open, by a room that no user is in', async () => {
    const id = await begin();
    const room = `organization:${organizationId}:conversation:${id}:agents`;
    const agents = [{ id: jiwoo.id, name: jiwoo.name, avatarUrl: null }];
    expect(told).toEqual([[room, 'viewing', { conversationId: id, agents }]]);
    await viewing.end('socket-1', id);
    expect(told[1]).toEqual([room, 'viewing', { conversationId: id, agents: [] }]);
  });

  it('ends all that a connection looked at when it goes, and nothing twice', async () => {
    const ids = [await begin(), await begin()];
    await viewing.endAll('socket-1');
    expect(seen.size).toBe(0);
    expect(told).toHaveLength(4);
    await viewing.end('socket-1', ids[0]!);
    await viewing.endAll('socket-2');
    expect(told).toHaveLength(4);
  });

  it('keeps at most twenty of one connection', async () => {
    const first = await begin();
    for (let more = 0; more < 20; more++) await begin();
    expect(seen.size).toBe(20);
    expect([...seen].some((key) => key.startsWith(first))).toBe(false);
  });

  it('is not for those who may not see the conversation', async () => {
    await expect(begin(anAgent())).rejects.toBeInstanceOf(NotFound);
    expect(seen.size).toBe(0);
  });

  it('says nothing rather than something wrong while nobody can say who looks', async () => {
    isAway = true;
    await begin();
    expect(told).toEqual([]);
  });
});
