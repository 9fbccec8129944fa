import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { MessageType } from 'socket.io-adapter';
import { DeliveryGate, momentNow } from './delivery-gate.js';
import { createLocalFirstAdapter } from './local-first-adapter.js';
import { conversationRoom, memberRoom, principalRoom } from './rooms.js';

const group = conversationRoom({ id: 'g', organizationId: 'o', kind: 'group' });
const support = conversationRoom({ id: 's', organizationId: 'o', kind: 'support' });
const member = memberRoom({ id: 'g', organizationId: 'o', kind: 'group', membersRev: 1 }, 'park');
const park = principalRoom({ type: 'agent', id: 'park' });

/** A node whose Redis never answers. */
class Node {
  readonly gate = new DeliveryGate();
  readonly missed: string[] = [];
  readonly published: { type: number; data: { rooms?: string[]; opts: { rooms: string[] } } }[] = [];
  isAlone = false;
  now = 1_000_000;
  private readonly namespace = this.serve().of('/');

  /** What a socket in these rooms hears, by name. */
  open(...rooms: string[]): string[] {
    const id = `socket-${rooms.join()}`;
    const heard: string[] = [];
    const client = { writeToEngine: ([packet]: string[]) => heard.push(JSON.parse(packet!.slice(1))[0]) };
    const leave = (room: string) => this.namespace.adapter.del(id, room);
    this.namespace.sockets.set(id, { id, client, leave } as never);
    void this.namespace.adapter.addAll(id, new Set(rooms));
    return heard;
  }

  say(event: string, ...rooms: string[]): void {
    this.namespace.to(rooms).emit(event, {});
  }

  leave(room: string, left: string): void {
    this.namespace.in(room).socketsLeave(left);
  }

  hear(type: MessageType, data: object): void {
    const adapter = this.namespace.adapter as unknown as { onMessage(message: unknown): void };
    adapter.onMessage({ uid: 'another', nsp: '/', type, data });
  }

  hearEvent(event: string, ...rooms: string[]): void {
    const packet = { type: 2, data: [event, {}] };
    this.hear(MessageType.BROADCAST, { packet, opts: { rooms, except: [], flags: {} } });
  }

  private serve(): Server {
    const never = () => new Promise<never>(() => undefined);
    const connection = { options: {}, on: () => undefined, subscribe: never, xread: never };
    const redis = {
      ...connection,
      duplicate: () => ({ ...connection, connect: never }),
      xadd: (entry: string[]) => {
        const field = (name: string) => entry[entry.indexOf(name) + 1]!;
        this.published.push({ type: Number(field('type')), data: JSON.parse(field('data')) });
        return never();
      },
    } as unknown as Redis;
    const rules = {
      gate: this.gate,
      isAlone: () => this.isAlone,
      missed: (rooms: Iterable<string>) => void this.missed.push(...rooms),
      now: () => this.now,
    };
    const streams = { streamName: 'stream', channelPrefix: 'channel' };
    return new Server({ adapter: createLocalFirstAdapter(redis, streams, rules) as never });
  }
}

describe(createLocalFirstAdapter.name, () => {
  let node: Node;

  beforeEach(() => {
    node = new Node();
  });

  it('tells the sockets of this node without waiting for Redis, and hands it on', () => {
    const heard = node.open(support);
    node.say('said', support);
    expect(heard).toEqual(['said']);
    expect(node.published).toMatchObject([
      { type: MessageType.BROADCAST, data: { opts: { rooms: [support] } } },
    ]);
  });

  it('takes sockets out of rooms without waiting for Redis', () => {
    const heard = node.open(park, support);
    node.leave(park, support);
    node.say('said', support);
    expect(heard).toEqual([]);
    expect(node.published[0]).toMatchObject({ type: MessageType.SOCKETS_LEAVE, data: { rooms: [support] } });
  });

  it('keeps what nobody else can hear for the heads that are told later', () => {
    node.isAlone = true;
    node.say('said', support);
    expect([node.published, node.missed]).toEqual([[], [support]]);
  });

  describe('while the gate is closed', () => {
    it('lets nothing into rooms between agents, whichever node says it', () => {
      const heard = [node.open(group), node.open(park)];
      node.say('said here', group, member);
      node.hearEvent('said elsewhere', group, member);
      expect(heard).toEqual([[], []]);
    });

    it('lets through what is for others too, to them alone', () => {
      const [inGroup, own] = [node.open(group), node.open(park)];
      node.hearEvent('read', group, park);
      expect([inGroup, own]).toEqual([[], ['read']]);
    });

    it('goes on in support, and hands on what the other nodes will decide about themselves', () => {
      const heard = node.open(support);
      node.hearEvent('said', support);
      node.say('said here', group);
      expect(heard).toEqual(['said']);
      expect(node.published).toMatchObject([{ data: { opts: { rooms: [group] } } }]);
    });
  });

  describe('while the gate is open', () => {
    beforeEach(() => node.gate.confirm(momentNow()));

    it('tells the room, and a member wherever it is', () => {
      const [inGroup, own] = [node.open(group), node.open(park)];
      node.hearEvent('said', group);
      node.hearEvent('summary', member);
      expect([inGroup, own]).toEqual([['said'], ['summary']]);
    });

    it('tells no member that has left since', () => {
      const heard = node.open(park);
      node.gate.noteLeavers('g', 2, ['park']);
      node.hearEvent('summary', member);
      node.say('summary', member);
      expect(heard).toEqual([]);
    });

    it('takes a socket out when another node says so now, and not when it said so long ago', () => {
      const heard = node.open(park, group);
      const leave = (saidAt: number) =>
        node.hear(MessageType.SOCKETS_LEAVE, {
          opts: { rooms: [park], except: [], flags: {} },
          rooms: [group],
          saidAt,
        });
      leave(node.now - 5_000);
      node.hearEvent('first', group);
      leave(node.now - 5);
      node.hearEvent('second', group);
      expect(heard).toEqual(['first']);
    });
  });
});
