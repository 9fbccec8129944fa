import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import { DeliveryGate } from '../../infrastructure/realtime/delivery-gate.js';
import type { Realtime } from '../../infrastructure/realtime/realtime.js';
import { conversationRoom, principalRoom } from '../../infrastructure/realtime/rooms.js';
import { ConversationAccess } from './conversation-access.js';
import { senderOf, type Conversation } from './conversation.js';
import { anAgent, aTeamDraft, aStamp } from './fakes/factories.fake.js';
import { aHouse, type House } from './fakes/house.fake.js';
import type { HeadsBeacon } from './heads-beacon.js';
import { RoomWarden } from './room-warden.js';

const organizationId = newId();
const organization = { organizationId };
const NOW = new Date('2026-11-20T09:00:00.000Z');

/** The sockets of one node. */
class Node {
  private readonly joined = new Map<string, Set<string>>();
  private readonly sockets = new Map<string, ReturnType<typeof this.open>>();
  readonly heard: { agentId: string; event: string; fact: unknown }[] = [];

  open(agentId: string, ...rooms: string[]) {
    const id = newId();
    const own = principalRoom({ type: 'agent', id: agentId });
    const socket = {
      id,
      data: { principal: { type: 'agent', id: agentId, organizationId } },
      rooms: new Set([own, ...rooms]),
      leave: (room: string) => this.take(id, room),
      emit: (event: string, fact: unknown) => this.heard.push({ agentId, event, fact }),
    };
    for (const room of socket.rooms) this.joined.set(room, new Set([...this.in(room), id]));
    this.sockets.set(id, socket);
    return socket;
  }

  in(room: string): Set<string> {
    return this.joined.get(room) ?? new Set();
  }

  private take(id: string, room: string): void {
    this.in(room).delete(id);
    this.sockets.get(id)?.rooms.delete(room);
  }

  readonly realtime = {
    isServing: true,
    localMembers: (room: string) => this.in(room),
    localSocket: (id: string) => this.sockets.get(id),
    leave: (room: string, rooms: string[]) => {
      for (const id of [...this.in(room)]) for (const one of rooms) this.take(id, one);
    },
  } as unknown as Realtime;

  constructor() {
    const joined = this.joined;
    Object.defineProperty(this.realtime, 'localRooms', {
      get: () => [...joined].flatMap(([room, ids]) => (ids.size > 0 ? [room] : [])),
    });
  }
}

describe(RoomWarden.name, () => {
  let house: House;
  let node: Node;
  let gate: DeliveryGate;
  let access: ConversationAccess;
  let warden: RoomWarden;
  let told: string[][];
  let group: Conversation;
  const [kim, park] = [newId(), newId()];

  beforeEach(async () => {
    Logger.overrideLogger(false);
    jest.useFakeTimers();
    house = aHouse();
    node = new Node();
    gate = new DeliveryGate();
    told = [];
    const draft = aTeamDraft({ ...organization, memberIds: [kim, park] });
    group = (await house.conversations.create(organization, draft)).conversation;
    const beacon = {
      tellHere: async (ids: Set<string>) => void told.push([...ids]),
    } as unknown as HeadsBeacon;
    access = new ConversationAccess(house.conversations, house.users);
    warden = new RoomWarden(house.conversations, access, beacon, house.events, node.realtime, gate);
    await warden.onApplicationBootstrap();
  });

  afterEach(() => {
    warden.onModuleDestroy();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const room = () => conversationRoom(group);
  const removeElsewhere = (...agentIds: string[]) =>
    house.conversations.removeMembers(organization, group.id, agentIds, aStamp(NOW));
  const removedOf = (agentId: string) => ({
    agentId,
    event: 'conversation:removed',
    fact: { conversationId: group.id },
  });
  const pause = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('takes those out who were removed on a node that it hears nothing of, and tells them', async () => {
    const [out, stays] = [node.open(park, room()), node.open(kim, room())];
    await removeElsewhere(park);
    await pause(300);
    expect([out.rooms.has(room()), stays.rooms.has(room())]).toEqual([false, true]);
    expect(node.heard).toEqual([removedOf(park)]);
    await pause(3_000);
    expect(node.heard).toHaveLength(1);
  });

  it('tells also the sockets of the removed that had it not open', async () => {
    node.open(park);
    await removeElsewhere(park);
    await pause(300);
    expect(node.heard).toEqual([removedOf(park)]);
  });

  it('leaves alone whoever is back before it looked', async () => {
    const back = node.open(park, room());
    await removeElsewhere(park);
    await house.conversations.addMembers(organization, group.id, [park], aStamp(NOW));
    await pause(300);
    expect(back.rooms.has(room())).toBe(true);
    expect(node.heard).toEqual([]);
  });

  it('finds also who came in while it was being decided', async () => {
    await removeElsewhere(park);
    await pause(300);
    const late = node.open(park, room());
    await pause(300);
    expect(late.rooms.has(room())).toBe(false);
  });

  it('takes them out at once where the removal was made', async () => {
    const out = node.open(park, room());
    const conversation = await removeElsewhere(park);
    await warden.endDelivery({ conversation: conversation!, agentIds: [park], by: senderOf(anAgent()) });
    expect(out.rooms.has(room())).toBe(false);
    expect(node.heard).toEqual([removedOf(park)]);
  });

  it('ends what was remembered of their access', async () => {
    const principal = node.open(park).data.principal as AgentPrincipal;
    access.remember(group);
    await removeElsewhere(park);
    expect(await access.write(principal, group.id)).toEqual(group);
    await pause(300);
    await expect(access.write(principal, group.id)).rejects.toMatchObject({ code: 'chat.not_found' });
  });

  it('finds after a while also what a store whose clock stepped back has hidden', async () => {
    const out = node.open(park, room());
    jest.spyOn(house.conversations, 'listMembershipsSince').mockResolvedValue([]);
    await removeElsewhere(park);
    await pause(9_000);
    expect(out.rooms.has(room())).toBe(true);
    await pause(1_500);
    expect(out.rooms.has(room())).toBe(false);
    expect(node.heard).toEqual([removedOf(park)]);
  });

  describe('while the store does not answer', () => {
    let store: ReturnType<typeof away>;
    const away = () =>
      jest.spyOn(house.conversations, 'listMembershipsSince').mockRejectedValue(new Error('away'));

    beforeEach(() => {
      store = away();
    });

    it('closes the gate within a second, and opens it at the first answer', async () => {
      await pause(950);
      expect(gate.isOpen).toBe(false);
      store.mockRestore();
      await pause(300);
      expect(gate.isOpen).toBe(true);
    });

    it('tells those who still belong where it is now, once the gate is open', async () => {
      node.open(kim, room());
      await pause(950);
      expect([...gate.passable(new Set([room()]))]).toEqual([]);
      store.mockRestore();
      await pause(300);
      expect(told).toEqual([[group.id]]);
      const changed = { conversationId: group.id, organizationId, isUrgent: false };
      expect(house.published).toContainEqual({ name: 'conversation.changed', payload: changed });
      await pause(3_000);
      expect(told).toHaveLength(1);
    });
  });

  it('never looks twice at once, and does not trust a look for longer than since it began', async () => {
    let answer: (found: []) => void = () => undefined;
    const slow = () => new Promise<[]>((resolve) => (answer = resolve));
    const list = jest.spyOn(house.conversations, 'listMembershipsSince').mockImplementation(slow);
    await pause(1_500);
    expect(list).toHaveBeenCalledTimes(1);
    answer([]);
    await pause(0);
    expect(gate.isOpen).toBe(false);
  });
});
