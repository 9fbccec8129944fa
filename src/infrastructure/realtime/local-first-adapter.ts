import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import { Adapter, MessageType, type BroadcastOptions, type ClusterAdapter } from 'socket.io-adapter';

type AdapterFactory = ReturnType<typeof createAdapter>;
type Namespace = Parameters<AdapterFactory>[0];

export interface StreamOptions {
  streamName: string;
  channelPrefix: string;
}

/**
 * The Redis streams adapter, but this node's own sockets are told before Redis is asked: they wait for no
 * round trip, and they are told even while Redis is away.
 */
export function createLocalFirstAdapter(redis: Redis, options: StreamOptions): AdapterFactory {
  const create = createAdapter(redis, {
    ...options,
    onlyPlaintext: true,
    maxLen: 10_000,
    blockTimeInMs: 1_000,
  });
  // Socket.IO calls it with `new`, which an arrow function does not take.
  return function createFor(namespace: Namespace) {
    const adapter = create(namespace);
    adapter.broadcast = (packet: unknown, opts: BroadcastOptions): Promise<void> => {
      Adapter.prototype.broadcast.call(adapter, packet, opts);
      if (!opts.flags?.local) publish(adapter, packet, opts);
      return Promise.resolve();
    };
    return adapter;
  };
}

/** Never awaited: what another node does not hear of, it finds by reading heads. */
function publish(adapter: ClusterAdapter, packet: unknown, opts: BroadcastOptions): void {
  const message = {
    type: MessageType.BROADCAST,
    data: {
      packet,
      opts: { rooms: [...opts.rooms], except: [...(opts.except ?? [])], flags: opts.flags ?? {} },
    },
  };
  (adapter as unknown as { publish(message: unknown): void }).publish(message);
}
