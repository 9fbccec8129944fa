import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Redis } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { toRefusal } from '../../common/errors/wire-error.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import { connectRedis, DEAD_AFTER_MS } from '../redis/redis.module.js';
import { RedisWatch } from '../redis/redis-watch.js';
import { Handshake } from './handshake.js';
import { BackPressure } from './back-pressure.js';
import { DeliveryGate } from './delivery-gate.js';
import { createLocalFirstAdapter, type DeliveryRules } from './local-first-adapter.js';
import { Realtime, type RealtimeServer, type RealtimeSocket } from './realtime.js';
import { environmentUsersRoom, organizationAgentsRoom, principalRoom, sessionRoom } from './rooms.js';
import { UnheardRooms } from './unheard-rooms.js';

type Handlers = Parameters<IoAdapter['bindMessageHandlers']>;

/** Socket.IO as engine.md section 4 wants it, on every node connected through Redis streams. */
export class RealtimeAdapter extends IoAdapter {
  private readonly config: AppConfig;
  private readonly redis: Redis;
  /** What the adapter of the streams opens for itself. It closes one that waits for news up to five seconds late. */
  private readonly copies: Redis[] = [];
  private readonly knownEvents = new Set<string>();

  constructor(private readonly app: INestApplicationContext) {
    super(app);
    this.config = app.get(AppConfig);
    // With the offline queue: without it the adapter's endless read would spin while Redis is away.
    this.redis = connectRedis(this.config.redis.url, {
      maxRetriesPerRequest: 1,
      disconnectTimeout: 200,
      socketTimeout: DEAD_AFTER_MS,
    });
    const duplicate = this.redis.duplicate.bind(this.redis);
    this.redis.duplicate = (options) => {
      const copy = forgiving(duplicate(options));
      this.copies.push(copy);
      return copy;
    };
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, { ...options, ...this.options() } as ServerOptions);
    this.open(server as unknown as RealtimeServer);
    return server;
  }

  private open(server: RealtimeServer): void {
    server.use(this.app.get(Handshake).middleware);
    server.on('connection', (socket) => this.welcome(socket));
    this.app.get(Realtime).attach(server);
    this.app.get(BackPressure).watch(server);
  }

  override bindMessageHandlers(...[socket, handlers, transform]: Handlers): void {
    for (const { message } of handlers) this.knownEvents.add(String(message));
    super.bindMessageHandlers(socket, handlers, transform);
  }

  override async dispose(): Promise<void> {
    await super.dispose();
    for (const connection of [this.redis, ...this.copies]) connection.disconnect();
  }

  private options(): Partial<ServerOptions> {
    const { keyPrefix } = this.config.redis;
    const stream = { streamName: `${keyPrefix}-stream`, channelPrefix: `${keyPrefix}-channel` };
    return {
      transports: ['websocket', 'polling'],
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: 64 * 1024,
      serveClient: false,
      cors: { origin: this.config.server.corsOrigins.length > 0 ? this.config.server.corsOrigins : true },
      adapter: createLocalFirstAdapter(this.redis, stream, this.rules()),
    };
  }

  private rules(): DeliveryRules {
    const [gate, watch] = [this.app.get(DeliveryGate), this.app.get(RedisWatch)];
    const [unheard, clock] = [this.app.get(UnheardRooms), this.app.get(Clock)];
    return {
      gate,
      isAlone: () => watch.isAway,
      missed: (rooms) => unheard.note(rooms),
      now: () => clock.now().getTime(),
    };
  }

  private welcome(socket: RealtimeSocket): void {
    const { principal } = socket.data;
    void socket.join(principalRoom(principal));
    if (principal.type === 'agent') {
      void socket.join([sessionRoom(principal.sessionId), organizationAgentsRoom(principal.organizationId)]);
    } else {
      void socket.join(environmentUsersRoom(principal.environmentId));
    }
    socket.use(([event, ...args], next) => {
      if (this.knownEvents.has(event)) next();
      else refuseUnknown(args);
    });
  }
}

/**
 * The adapter does not look after all that it asks for: a subscription that the end of a connection cut off would end
 * the process as a rejection that nobody handles.
 */
function forgiving(redis: Redis): Redis {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    command.promise.catch(() => undefined);
    return send(command, stream);
  };
  return redis;
}

/** An event that nobody handles is answered too: a caller must never wait for nothing. */
function refuseUnknown(args: unknown[]): void {
  const ack = args.find((argument) => typeof argument === 'function') as
    ((answer: unknown) => void) | undefined;
  const unknown = new DomainError('invalid', 'common.unknown_event', 'There is no event by that name.');
  ack?.({ ok: false, error: toRefusal(unknown, newId()).error });
}
