import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DomainEventBus } from '../../common/events/domain-events.js';
import type { AppConfig } from '../../config/app-config.js';
import type { PresenceStatus, PrincipalRef } from '../../contracts/common.js';
import type { PresenceState } from '../../contracts/socket.js';
import type { LoadShedder } from '../limits/load-shedder.js';
import type { LiveConnection, PresenceStore, Statement } from './presence-store.js';
import { PresenceTracker } from './presence-tracker.js';
import { AWAY_AFTER_MS, presenceKey } from './presence.js';
import type { Realtime, RealtimeSocket } from './realtime.js';
import { presenceRoom } from './rooms.js';

const KIM: PrincipalRef = { type: 'user', id: 'kim' };
const START = 10_000_000;

function aHouse() {
  const statuses = new Map<string, PresenceStatus>();
  const refreshed: LiveConnection[] = [];
  const said: Statement[] = [];
  const due: PrincipalRef[] = [];
  const events = { publish: jest.fn() };
  const redis = { isAway: false };
  const store = {
    get isAway() {
      return redis.isAway;
    },
    isDoubtful: false,
    distrust: () => (store.isDoubtful = true),
    enter: () => Promise.resolve(true),
    leave: () => Promise.resolve(!redis.isAway),
    refresh: (connections: LiveConnection[]) => Promise.resolve(refreshed.push(...connections) > 0),
    state: (statement: Statement) => {
      said.push(statement);
      store.isDoubtful = false;
      return Promise.resolve(true);
    },
    statesOf: (principals: PrincipalRef[]) => {
      const state = (principal: PrincipalRef): [string, PresenceState] => [
        presenceKey(principal),
        {
          principal,
          status: redis.isAway ? 'unknown' : (statuses.get(presenceKey(principal)) ?? 'offline'),
          lastSeenAt: null,
        },
      ];
      return Promise.resolve(new Map(principals.map(state)));
    },
    takeDue: () => Promise.resolve(due.splice(0)),
    takeChanges: async (agents: PrincipalRef[]) => [...(await store.statesOf(agents)).values()],
  };
  const rooms = new Map<string, Set<string>>();
  const localSockets: RealtimeSocket[] = [];
  const realtime = {
    isServing: true,
    localSockets,
    emitLocal: jest.fn(),
    emitVolatile: jest.fn(),
    localMembers: (room: string) => rooms.get(room) ?? new Set(),
    get localRooms() {
      return [...rooms.keys()];
    },
  };
  const time = { now: START };
  const clock = { now: () => new Date(time.now) };
  const load = { isTooMuch: jest.fn(() => false) };
  const tracker = new PresenceTracker(
    store as unknown as PresenceStore,
    realtime as unknown as Realtime,
    events as unknown as DomainEventBus,
    load as unknown as LoadShedder,
    clock,
    { chat: { presenceLifeMs: 60_000, presenceGraceMs: 15_000 } } as AppConfig,
  );
  const is = (principal: PrincipalRef, status: PresenceStatus) =>
    statuses.set(presenceKey(principal), status);
  return { tracker, realtime, rooms, refreshed, said, due, events, redis, load, time, is };
}

type House = ReturnType<typeof aHouse>;

function aSocket({ rooms }: House, principal: PrincipalRef = { type: 'agent', id: 'viewer' }) {
  let hear: (event: string) => void = () => undefined;
  const own = new Set<string>();
  const socket = {
    id: 'socket',
    data: { principal, activeAt: START },
    rooms: own,
    onAny: (listener: (event: string) => void) => (hear = listener),
    join: (names: string[]) => {
      for (const name of names) {
        rooms.set(name, new Set(['socket']));
        own.add(name);
      }
    },
    leave: (name: string) => own.delete(name) && rooms.delete(name),
  } as unknown as RealtimeSocket;
  return { socket, send: (event: string) => hear(event) };
}

describe(PresenceTracker.name, () => {
  let house: House;

  beforeEach(() => {
    house = aHouse();
  });

  it('tells the sockets here of what changed elsewhere, once', async () => {
    const { tracker, realtime, is } = house;
    is(KIM, 'online');
    await tracker.watch(aSocket(house).socket, [KIM]);
    await tracker.sweep();
    expect(realtime.emitLocal).not.toHaveBeenCalled();
    is(KIM, 'offline');
    await tracker.sweep();
    await tracker.sweep();
    expect(realtime.emitLocal).toHaveBeenCalledTimes(1);
    const offline = expect.objectContaining({ principal: KIM, status: 'offline' });
    expect(realtime.emitLocal).toHaveBeenCalledWith(presenceRoom(KIM), 'presence', offline);
  });

  it('tells every node of who came here, several of a second in one go', async () => {
    const { tracker, realtime, is } = house;
    is(KIM, 'online');
    const { socket } = aSocket(house, KIM);
    await tracker.enter(socket);
    await tracker.enter(socket);
    await tracker.announce();
    await tracker.announce();
    expect(realtime.emitVolatile).toHaveBeenCalledTimes(1);
  });

  it('says nothing of what it does not know', async () => {
    const { tracker, realtime, is } = house;
    await tracker.enter(aSocket(house, KIM).socket);
    is(KIM, 'unknown');
    await tracker.announce();
    expect(realtime.emitVolatile).not.toHaveBeenCalled();
  });

  it('tells at once that Redis is away, and the truth when it is back, having said its own part first', async () => {
    const { tracker, realtime, redis, said, is } = house;
    is(KIM, 'online');
    const { socket } = aSocket(house, KIM);
    realtime.localSockets.push(socket);
    await tracker.watch(socket, [KIM]);
    const heard = () =>
      realtime.emitLocal.mock.calls.map((call) => (call as unknown as [string, string, PresenceState])[2]);
    await tracker.look();
    redis.isAway = true;
    await tracker.look();
    await tracker.look();
    expect(heard().map(({ status }) => status)).toEqual(['unknown']);
    redis.isAway = false;
    await tracker.look();
    expect(said).toMatchObject([{ live: [{ principal: KIM }], completeSince: START }]);
    expect(heard().map(({ status }) => status)).toEqual(['unknown', 'online']);
  });

  it('tells of the loss also where another node had told otherwise since the last look', async () => {
    const { tracker, realtime, redis, is } = house;
    is(KIM, 'unknown');
    const { socket } = aSocket(house);
    await tracker.watch(socket, [KIM]);
    is(KIM, 'online');
    await tracker.watch(socket, [KIM]);
    redis.isAway = true;
    await tracker.look();
    const unknown = expect.objectContaining({ principal: KIM, status: 'unknown' });
    expect(realtime.emitLocal).toHaveBeenCalledWith(presenceRoom(KIM), 'presence', unknown);
  });

  it('says once more who left while Redis was away', async () => {
    const { tracker, redis, said } = house;
    const { socket } = aSocket(house, KIM);
    redis.isAway = true;
    await tracker.leave(socket);
    await tracker.look();
    redis.isAway = false;
    await tracker.look();
    expect(said).toMatchObject([{ live: [], closed: [{ principal: KIM, leftAt: START }] }]);
  });

  it('publishes what becomes of agents, those who came here and those who are due, and of nobody else', async () => {
    const { tracker, events, due, is } = house;
    const jiwoo: PrincipalRef = { type: 'agent', id: 'jiwoo' };
    const hana: PrincipalRef = { type: 'agent', id: 'hana' };
    is(jiwoo, 'online');
    is(hana, 'away');
    is(KIM, 'online');
    await tracker.enter(aSocket(house, jiwoo).socket);
    await tracker.enter(aSocket(house, KIM).socket);
    await tracker.announce();
    due.push(hana);
    await tracker.lookAtDue();
    await tracker.lookAtDue();
    expect(events.publish.mock.calls).toMatchObject([
      ['presence.changed', { state: { principal: jiwoo, status: 'online' } }],
      ['presence.changed', { state: { principal: hana, status: 'away' } }],
    ]);
  });

  it('says nothing while this node is overloaded, and all of it after', async () => {
    const { tracker, realtime, load, is } = house;
    load.isTooMuch.mockReturnValue(true);
    await tracker.enter(aSocket(house, KIM).socket);
    is(KIM, 'online');
    await tracker.announce();
    await tracker.look();
    expect(realtime.emitVolatile).not.toHaveBeenCalled();
    load.isTooMuch.mockReturnValue(false);
    await tracker.announce();
    expect(realtime.emitVolatile).toHaveBeenCalledTimes(1);
  });

  it('takes a heartbeat for no sign of a person, and a message for one at once', async () => {
    const { tracker, refreshed, time } = house;
    const { socket, send } = aSocket(house, KIM);
    await tracker.enter(socket);
    time.now += AWAY_AFTER_MS;
    send('ping');
    expect(refreshed).toHaveLength(0);
    send('message:send');
    expect(refreshed.at(-1)).toMatchObject({ principal: KIM, activeAt: time.now });
  });

  it('lets a socket stop looking at the first when it looks at too many', async () => {
    const { tracker } = house;
    const { socket } = aSocket(house);
    const many = Array.from({ length: 501 }, (_, number): PrincipalRef => ({
      type: 'user',
      id: String(number),
    }));
    await tracker.watch(socket, many);
    expect([socket.rooms.size, socket.rooms.has(presenceRoom(many[0] as PrincipalRef))]).toEqual([
      500,
      false,
    ]);
  });
});
