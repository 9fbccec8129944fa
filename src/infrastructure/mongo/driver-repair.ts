import { createRequire } from 'node:module';
import { Socket } from 'node:net';

interface DriverConnection {
  socket: Socket;
  writeCommand: (this: DriverConnection, ...args: unknown[]) => Promise<void>;
}

const isRepaired = Symbol('is-repaired');
const guarded = new WeakSet<Socket>();

/**
 * The MongoDB driver waits for a socket to drain also when it was destroyed and has not said so yet: for ever. When
 * that happens to the watch over the server, a node takes the store for lost until it is started again. A write to
 * a destroyed socket has to fail, as the driver expects of a write that goes wrong.
 */
export function repairDriver(): void {
  const ofMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = ofMongoose('mongodb/lib/cmap/connection.js') as {
    Connection: { prototype: DriverConnection & { [isRepaired]?: boolean } };
  };
  const { prototype } = Connection;
  if (prototype[isRepaired]) return;
  prototype[isRepaired] = true;
  const write = prototype.writeCommand;
  prototype.writeCommand = function (this: DriverConnection, ...args: unknown[]): Promise<void> {
    guard(this.socket);
    return write.apply(this, args);
  };
}

function guard(socket: Socket): void {
  if (guarded.has(socket)) return;
  guarded.add(socket);
  const write = (chunk: Uint8Array | string) => Socket.prototype.write.call(socket, chunk);
  socket.write = (chunk: Uint8Array | string): boolean => {
    if (socket.destroyed) throw new Error('the connection is closed');
    return write(chunk);
  };
}
