import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';
import { freePort } from '../../../src/embedded/ports.js';

interface Weather {
  isHole: boolean;
  delayMs: number;
}

/** A stretch of network between a node and a store, which can be cut, slowed down, or made to swallow all. */
export class Proxy {
  readonly port: number;
  private readonly lines = new Set<Line>();
  private readonly weather: Weather = { isHole: false, delayMs: 0 };

  private constructor(
    private readonly server: Server,
    private readonly target: NetConnectOpts,
  ) {
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.accept(client));
  }

  static async to(target: NetConnectOpts): Promise<Proxy> {
    const server = createServer();
    // It is listened on again after a cut.
    await listen(server, await freePort());
    return new Proxy(server, target);
  }

  /** All connections break, new ones are refused. */
  cut(): void {
    this.server.close();
    for (const line of this.lines) line.destroy();
  }

  delay(ms: number): void {
    this.weather.delayMs = ms;
  }

  /** Connections are taken and nothing comes through them, either way. What was sent arrives when it is healed. */
  blackHole(): void {
    this.weather.isHole = true;
  }

  async heal(): Promise<void> {
    this.weather.isHole = false;
    this.weather.delayMs = 0;
    for (const line of this.lines) line.flush();
    if (!this.server.listening) await listen(this.server, this.port);
  }

  close(): void {
    this.cut();
  }

  private accept(client: Socket): void {
    const line = new Line(client, connect(this.target), this.weather);
    this.lines.add(line);
    client.once('close', () => this.lines.delete(line));
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** One connection: two directions under the same weather. */
class Line {
  private readonly ways: Way[];

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    weather: Weather,
  ) {
    this.ways = [new Way(client, upstream, weather), new Way(upstream, client, weather)];
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.once('close', () => other.destroy());
    }
  }

  flush(): void {
    for (const way of this.ways) way.flush();
  }

  destroy(): void {
    this.client.destroy();
    this.upstream.destroy();
  }
}

/** Keeps the order of what it carries, however long each piece is on its way. */
class Way {
  private timer: NodeJS.Timeout | undefined;
  private readonly carried: { chunk: Buffer; dueAt: number }[] = [];

  constructor(
    from: Socket,
    private readonly to: Socket,
    private readonly weather: Weather,
  ) {
    from.on('data', (chunk) => this.carry(chunk));
  }

  flush(): void {
    while (!this.weather.isHole && this.carried[0] && this.carried[0].dueAt <= Date.now()) {
      const { chunk } = this.carried.shift()!;
      if (!this.to.destroyed) this.to.write(chunk);
    }
    this.flushLater();
  }

  /** A timer may be early by the wall clock: what is not due yet is looked at again. */
  private flushLater(): void {
    const [next] = this.carried;
    if (!next || this.weather.isHole) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(1, next.dueAt - Date.now()));
  }

  private carry(chunk: Buffer): void {
    const { delayMs } = this.weather;
    const jitterMs = Math.random() * delayMs * 0.3;
    const dueAt = Math.max(Date.now() + delayMs + jitterMs, this.carried.at(-1)?.dueAt ?? 0);
    this.carried.push({ chunk, dueAt });
    this.flush();
  }
}
