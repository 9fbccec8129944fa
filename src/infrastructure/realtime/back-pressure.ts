import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { RealtimeServer, RealtimeSocket } from './realtime.js';

const LOOK_EVERY_MS = 1_000;
/** For one that is slow and does read: time to take what waits, and to learn why it is over. */
const LINGER_MS = 2_000;
const MAX_WAITING_PACKETS = 256;
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * A client that does not read must not fill this node's memory. Its volatile events are lost first (Socket.IO
 * drops them while it is not writable); then it is closed, told why, and finds what it missed by sync.
 */
@Injectable()
export class BackPressure implements OnModuleDestroy {
  private readonly logger = new Logger(BackPressure.name);
  private timer: NodeJS.Timeout | undefined;

  watch(server: RealtimeServer): void {
    this.timer = setInterval(() => {
      for (const socket of server.sockets.sockets.values()) if (isOverfull(socket)) this.close(socket);
    }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private close(socket: RealtimeSocket): void {
    this.logger.warn({ principal: socket.data.principal.id }, 'a slow consumer was closed');
    socket.emit('slow_consumer', { reconnectAfterMs: 1_000 });
    socket.disconnect(true);
    setTimeout(() => cutOff(socket), LINGER_MS).unref();
  }
}

/** Closing waits until all that waits was sent, which to one that does not read is never: it goes, and its memory with it. */
function cutOff(socket: RealtimeSocket): void {
  const connection = socket.conn as unknown as EngineConnection;
  connection.close(true);
  connection.transport?.socket?.terminate?.();
}

interface EngineConnection {
  writeBuffer?: { data?: string }[];
  transport?: { socket?: { bufferedAmount?: number; terminate?(): void } };
  close(discard: boolean): void;
}

function isOverfull(socket: RealtimeSocket): boolean {
  const connection = socket.conn as unknown as EngineConnection;
  const waiting = connection.writeBuffer ?? [];
  if (waiting.length > MAX_WAITING_PACKETS) return true;
  const inBuffer = waiting.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return inBuffer + (connection.transport?.socket?.bufferedAmount ?? 0) > MAX_WAITING_BYTES;
}
