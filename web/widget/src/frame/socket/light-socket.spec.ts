// @vitest-environment node
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LightSocket } from './light-socket.js';

const PATIENCE = { timeout: 10_000 };

/** The server's own library at the other end: what it understands is the protocol. */
let http: HttpServer;
let server: Server;
let port: number;
let client: LightSocket;
const heard: unknown[][] = [];

async function serve(options: object = {}): Promise<void> {
  http = createServer();
  server = new Server(http, { transports: ['websocket', 'polling'], ...options });
  server.on('connection', (socket) => {
    socket.emit('hello', { transport: socket.conn.transport.name, auth: socket.handshake.auth });
    socket.on('echo', (request, ack) => ack({ ok: true, data: request }));
    socket.on('silence', () => undefined);
    socket.on('leave', () => socket.disconnect());
  });
  await new Promise<void>((done) => http.listen(0, done));
  ({ port } = http.address() as AddressInfo);
}

function connect(patienceMs?: number): void {
  client = new LightSocket(`http://localhost:${port}`, patienceMs);
  client.auth = { token: '안녕' };
  client.onAny((...facts: unknown[]) => heard.push(facts));
  client.on('disconnect', () => heard.push(['disconnect']));
  client.on('connect_error', (error: { data?: unknown }) => heard.push(['connect_error', error.data]));
  client.connect();
}

const hears = (event: string) =>
  vi.waitFor(() => expect(heard.map(([name]) => name)).toContain(event), PATIENCE);

const ask = (event: string, request: unknown, ms = 10_000): Promise<unknown> =>
  new Promise((resolve, reject) =>
    client.timeout(ms).emit(event, request, (error, ack) => (error ? reject(error) : resolve(ack))),
  );

beforeEach(() => {
  heard.length = 0;
});

afterEach(async () => {
  client.disconnect();
  await server.close();
});

const WAYS = [
  { way: 'websocket', options: {} },
  { way: 'polling', options: { transports: ['polling'] } },
];

describe.each(WAYS)(`${LightSocket.name} by $way`, ({ way, options }) => {
  beforeEach(async () => {
    await serve(options);
    connect();
    await hears('hello');
  });

  it('says who it is, and hears', () => {
    expect(heard).toEqual([['hello', { transport: way, auth: { token: '안녕' } }]]);
    expect(client.connected).toBe(true);
  });

  it('asks, and gets each answer where it belongs', async () => {
    const requests = [{ n: 1 }, { n: 2 }, { text: '가\x1e나 42["x"]' }];
    const answers = await Promise.all(requests.map((request) => ask('echo', request)));
    expect(answers).toEqual(requests.map((data) => ({ ok: true, data })));
  });

  it('does not wait for ever, nor for a server that has left', async () => {
    await expect(ask('silence', {}, 20)).rejects.toThrow();
    const unanswered = expect(ask('silence', {})).rejects.toThrow();
    client.timeout(10_000).emit('leave', {}, () => undefined);
    await unanswered;
    await hears('disconnect');
    expect(client.connected).toBe(false);
  });

  it('says goodbye, and comes back', async () => {
    const gone = new Promise((resolve) => [...server.sockets.sockets.values()][0]!.on('disconnect', resolve));
    client.disconnect();
    expect(heard.at(-1)).toEqual(['disconnect']);
    await gone;
    heard.length = 0;
    client.connect();
    await hears('hello');
  });
});

describe(LightSocket.name, () => {
  it('hears why it is refused', async () => {
    await serve();
    const data = { code: 'auth.token_expired' };
    server.use((_socket, next) => next(Object.assign(new Error('no'), { data })));
    connect();
    await hears('connect_error');
    expect(heard).toEqual([['connect_error', data]]);
    expect(client.connected).toBe(false);
  });

  it('says when nobody is there', async () => {
    await serve();
    await server.close();
    connect();
    await hears('connect_error');
    expect(heard).toEqual([['connect_error', undefined]]);
  });

  it('answers the questions of a server that wants to know whether it lives', async () => {
    await serve({ pingInterval: 20, pingTimeout: 2_000 });
    connect();
    await hears('hello');
    const { conn } = [...server.sockets.sockets.values()][0]!;
    await new Promise((resolve) =>
      conn.on('packet', ({ type }: { type: string }) => type === 'pong' && resolve(type)),
    );
    await ask('echo', {});
    expect(heard.map(([name]) => name)).toEqual(['hello']);
  });

  it('leaves a server that asks no more', async () => {
    await serve({ pingInterval: 30, pingTimeout: 30 });
    server.engine.on('connection', (conn: { pingIntervalTimer: NodeJS.Timeout }) =>
      clearTimeout(conn.pingIntervalTimer),
    );
    connect();
    await hears('disconnect');
  });

  it('goes the other way when a websocket is swallowed', async () => {
    await serve();
    const swallowed: Duplex[] = [];
    http.removeAllListeners('upgrade').on('upgrade', (_request, socket) => swallowed.push(socket));
    connect(30);
    await hears('hello');
    for (const socket of swallowed) socket.destroy();
    expect(heard).toEqual([['hello', { transport: 'polling', auth: { token: '안녕' } }]]);
  });

  it('is not surprised by a disconnect before anything was said', async () => {
    await serve();
    connect();
    client.disconnect();
    client.connect();
    await hears('hello');
    expect(heard.map(([name]) => name)).toEqual(['hello']);
  });
});
