import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { repairDriver } from '../../src/infrastructure/mongo/driver-repair.js';
import { HeartbeatWatch } from '../../src/infrastructure/mongo/heartbeat-watch.js';
import { testEngineUrls } from '../support/engines.js';

interface Monitor {
  connection: { socket: Socket } | null;
  requestCheck(): void;
}

interface Topology {
  s: { servers: Map<string, { monitor: Monitor }> };
}

describe('the driver of MongoDB', () => {
  let connection: mongoose.Connection;

  beforeAll(async () => {
    repairDriver();
    const options = { heartbeatFrequencyMS: 5_000, autoIndex: false };
    connection = await mongoose.createConnection(testEngineUrls().mongodb, options).asPromise();
  });

  afterAll(() => connection.close());

  it('goes on watching the server when the connection breaks in the moment in which it asks', async () => {
    const client = connection.getClient() as unknown as {
      topology: Topology;
      once(event: string, heard: () => void): void;
    };
    const [server] = client.topology.s.servers.values();
    const monitor = server!.monitor;
    // Asked sooner after the last time, it would wait, and see what has happened.
    await sleep(1_000);
    const isBackAfterFailure = new Promise<void>((resolve) =>
      client.once('serverHeartbeatFailed', () => client.once('serverHeartbeatSucceeded', resolve)),
    );
    monitor.connection!.socket.destroy();
    monitor.requestCheck();
    await isBackAfterFailure;
    expect(await connection.db!.command({ ping: 1 })).toMatchObject({ ok: 1 });
  }, 15_000);

  it('gets a new heart when a heartbeat never ends', async () => {
    const watch = new HeartbeatWatch(connection);
    watch.onModuleInit();
    const client = connection.getClient() as unknown as {
      topology: Topology;
      once(event: string, heard: () => void): void;
    };
    const [server] = client.topology.s.servers.values();
    const beats = () =>
      new Promise<void>((resolve) => client.once('serverHeartbeatSucceeded', () => resolve()));
    await beats();
    Object.assign(server!.monitor.connection!, { command: () => new Promise(() => undefined) });
    const begunAt = performance.now();
    await beats();
    watch.onModuleDestroy();
    expect(performance.now() - begunAt).toBeGreaterThan(8_000);
    expect(await connection.db!.command({ ping: 1 })).toMatchObject({ ok: 1 });
  }, 30_000);
});
