import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import {
  Adapter,
  MessageType,
  type BroadcastOptions,
  type ClusterAdapter,
  type ClusterMessage,
} from 'socket.io-adapter';
import type { DeliveryGate } from './delivery-gate.js';

type AdapterFactory = ReturnType<typeof createAdapter>;
type Namespace = Parameters<AdapterFactory>[0];
type Wire = Omit<BroadcastOptions, 'rooms' | 'except'> & { rooms: string[]; except: string[] };

export interface StreamOptions {
  streamName: string;
  channelPrefix: string;
}

/** What decides about an event, on the node that says it and on each that hears of it. */
export interface DeliveryRules {
  gate: DeliveryGate;
  /** True while the others cannot hear. */
  isAlone(): boolean;
  /** What they did not hear of for that reason: they are told by heads when they can. */
  missed(rooms: Iterable<string>): void;
  /** The time that all nodes agree on. */
  now(): number;
}

/**
 * A socket leaves a room by such a message at once or not at all: whoever comes back in the meantime must not be
 * thrown out by an old one, and each node finds by itself who does not belong.
 */
const LEAVE_GOOD_FOR_MS = 1_000;

/** The methods that the cluster adapter keeps to itself. */
interface Inner {
  publish(message: unknown): void;
  onMessage(message: ClusterMessage, offset?: string): void;
}

/**
 * The Redis streams adapter, but this node's own sockets are told before Redis is asked: they wait for no
 * round trip, and they are told even while Redis is away. Nothing reaches a socket past the gate.
 */
export function createLocalFirstAdapter(
  redis: Redis,
  options: StreamOptions,
  rules: DeliveryRules,
): AdapterFactory {
  const create = createAdapter(redis, {
    ...options,
    onlyPlaintext: true,
    maxLen: 10_000,
    blockTimeInMs: 1_000,
  });
  // Socket.IO calls it with `new`, which an arrow function does not take.
  return function createFor(namespace: Namespace) {
    const adapter = create(namespace);
    speakLocallyFirst(adapter, rules);
    listenThroughGate(adapter, rules);
    return adapter;
  };
}

function speakLocallyFirst(adapter: ClusterAdapter, rules: DeliveryRules): void {
  const local = Adapter.prototype;
  adapter.broadcast = (packet: unknown, opts: BroadcastOptions): Promise<void> => {
    const reach = reachOf(opts, rules.gate);
    if (reach) local.broadcast.call(adapter, packet, reach);
    if (rules.isAlone() && !opts.flags?.local) rules.missed(opts.rooms);
    else publish(adapter, MessageType.BROADCAST, opts, { packet });
    return Promise.resolve();
  };
  adapter.addSockets = (opts: BroadcastOptions, rooms: string[]): Promise<void> => {
    local.addSockets.call(adapter, opts, rooms);
    publish(adapter, MessageType.SOCKETS_JOIN, opts, { rooms });
    return Promise.resolve();
  };
  adapter.delSockets = (opts: BroadcastOptions, rooms: string[]): Promise<void> => {
    local.delSockets.call(adapter, opts, rooms);
    publish(adapter, MessageType.SOCKETS_LEAVE, opts, { rooms, saidAt: rules.now() });
    return Promise.resolve();
  };
  adapter.disconnectSockets = (opts: BroadcastOptions, close: boolean): Promise<void> => {
    local.disconnectSockets.call(adapter, opts, close);
    publish(adapter, MessageType.DISCONNECT_SOCKETS, opts, { close });
    return Promise.resolve();
  };
}

/** Never awaited: what another node does not hear of, it finds by reading heads. */
function publish(adapter: ClusterAdapter, type: MessageType, opts: BroadcastOptions, data: object): void {
  if (opts.flags?.local) return;
  (adapter as unknown as Inner).publish({ type, data: { ...data, opts: toWire(opts) } });
}

function listenThroughGate(adapter: ClusterAdapter, rules: DeliveryRules): void {
  const inner = adapter as unknown as Inner;
  const hear = inner.onMessage.bind(adapter);
  inner.onMessage = (message, offset) => {
    const passed = isOwn(message, adapter) ? null : admit(message, rules);
    if (passed) hear(passed, offset);
  };
}

function isOwn({ uid }: ClusterMessage, adapter: ClusterAdapter): boolean {
  return uid === (adapter as unknown as { uid: string }).uid;
}

/** The message as it may be heard here; null for one that nobody here may hear. */
function admit(message: ClusterMessage, rules: DeliveryRules): ClusterMessage | null {
  if (message.type === MessageType.SOCKETS_LEAVE) {
    const { saidAt = 0 } = message.data as { saidAt?: number };
    return rules.now() - saidAt <= LEAVE_GOOD_FOR_MS ? message : null;
  }
  if (message.type !== MessageType.BROADCAST) return message;
  const opts = message.data.opts as unknown as Wire;
  const reach = reachOf({ ...opts, rooms: new Set(opts.rooms) }, rules.gate);
  if (!reach) return null;
  return { ...message, data: { ...message.data, opts: { ...opts, rooms: [...reach.rooms] } as never } };
}

/** No rooms at all mean everybody; none that are left mean nobody. */
function reachOf<T extends { rooms: Set<string> }>(opts: T, gate: DeliveryGate): T | null {
  if (opts.rooms.size === 0) return opts;
  const rooms = gate.passable(opts.rooms);
  return rooms.size > 0 ? { ...opts, rooms } : null;
}

function toWire({ rooms, except, flags }: BroadcastOptions): Wire {
  return { rooms: [...rooms], except: [...(except ?? [])], flags: flags ?? {} };
}
