import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import pg from 'pg';
import { startEngines, type RunningEngines } from '../../src/embedded/engines.js';
import { processIdentity, waitForEnd } from '../../src/embedded/processes.js';
import { freshDatabases } from '../support/engines.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'flc-engines-'));
const isRunning = (pid: number) => processIdentity(pid) !== null;

async function inPostgres(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function inMongo<T>(url: string, work: (connection: mongoose.Connection) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(url).asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

async function inRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

describe(startEngines.name, () => {
  const dataDir = newFolder();
  let running: RunningEngines;

  beforeAll(async () => {
    running = await startEngines({ dataDir });
  });

  afterAll(async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('serves all three under urls of this machine alone', async () => {
    expect(await inPostgres(running.urls.postgres, 'SHOW listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(await inMongo(running.urls.mongodb, async ({ name }) => name)).toBe('fast_light_chat');
    expect(await inRedis(running.urls.redis, (redis) => redis.ping())).toBe('PONG');
    expect(new URL(running.urls.redis).hostname).toBe('127.0.0.1');
  });

  it('keeps what was written when an engine is killed and comes back under the same url', async () => {
    const urls = { ...running.urls };
    await inPostgres(urls.postgres, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await inMongo(urls.mongodb, (mongo) =>
      mongo.collection('kept').insertOne({ answer: 42 }, { writeConcern: { w: 1, journal: true } }),
    );
    for (const engine of Object.values(running.engines)) {
      const { pid } = engine;
      engine.kill('SIGKILL');
      expect(await waitForEnd(pid, 2000)).toBe(true);
    }
    await Promise.all(Object.values(running.engines).map((engine) => engine.restart()));
    expect(running.urls).toEqual(urls);
    expect(await inPostgres(urls.postgres, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(await inMongo(urls.mongodb, (mongo) => mongo.collection('kept').countDocuments())).toBe(1);
    expect(await inRedis(urls.redis, (redis) => redis.ping())).toBe('PONG');
  });

  it('refuses a second start on the same folder in one line', async () => {
    await expect(startEngines({ dataDir })).rejects.toThrow(
      /^The data folder .* is in use by process \d+\. .*$/,
    );
  });

  it('keeps its password to itself', () => {
    const file = join(dataDir, 'engines.json');
    expect(running.urls.postgres).toContain(JSON.parse(readFileSync(file, 'utf8')).postgresPassword);
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('the end of the engines', () => {
  const folders: string[] = [];
  const parents: ChildProcess[] = [];

  const aFolder = () => {
    folders.push(newFolder());
    return folders.at(-1)!;
  };

  afterEach(() => {
    parents.splice(0).forEach((parent) => parent.kill('SIGKILL'));
    folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  });

  it('leaves no process after stop', async () => {
    const running = await startEngines({ dataDir: aFolder(), ephemeral: true });
    const pids = Object.values(running.engines).map(({ pid }) => pid);
    expect(pids.every(isRunning)).toBe(true);
    await running.stop();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('does not start what is given from outside', async () => {
    const external = { postgres: 'postgres://elsewhere/db', mongodb: 'mongodb://elsewhere/db' };
    const running = await startEngines({ dataDir: aFolder(), external, ephemeral: true });
    expect(running.urls).toMatchObject(external);
    expect(Object.keys(running.engines)).toEqual(['redis']);
    await running.stop();
  });

  it('restarts a crashed engine by itself when asked to', async () => {
    const running = await startEngines({ dataDir: aFolder(), ephemeral: true, restartOnCrash: true });
    const { mongodb } = running.engines;
    const { pid } = mongodb!;
    mongodb!.kill('SIGKILL');
    expect(await waitForEnd(pid, 10_000)).toBe(true);
    expect(await inMongo(running.urls.mongodb, async ({ readyState }) => readyState)).toBe(1);
    expect(mongodb!.pid).not.toBe(pid);
    await running.stop();
  });

  it('comes with the end of the parent, even by kill -9, and frees the folder', async () => {
    const dataDir = aFolder();
    const { parent, pids } = await aParentOf(dataDir);
    parent.kill('SIGKILL');
    const ended = await Promise.all(pids.map((pid) => waitForEnd(pid, 20_000)));
    expect(ended).toEqual(pids.map(() => true));
    await (await startEngines({ dataDir, ephemeral: true })).stop();
  });

  it('cleans up engines that outlived a killed run', async () => {
    const dataDir = aFolder();
    const { parent, pids } = await aParentOf(dataDir);
    // A stopped engine does not notice that its parent has gone.
    pids.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    parent.kill('SIGKILL');
    await waitForEnd(parent.pid!, 2000);
    const running = await startEngines({ dataDir, ephemeral: true });
    expect(pids.filter(isRunning)).toEqual([]);
    await running.stop();
    expect(existsSync(join(dataDir, 'engines.lock'))).toBe(false);
  });

  async function aParentOf(dataDir: string): Promise<{ parent: ChildProcess; pids: number[] }> {
    const parent = fork(new URL('../support/engines-parent.mjs', import.meta.url), [dataDir], {
      execArgv: [],
    });
    parents.push(parent);
    const pids = await new Promise<number[]>((resolve, reject) => {
      parent.once('message', (message) => resolve(message as number[]));
      parent.once('exit', () => reject(new Error('the parent ended before its engines ran')));
    });
    return { parent, pids };
  }
});

describe(freshDatabases.name, () => {
  it('gives each suite databases of its own and drops them', async () => {
    const [mine, yours] = await Promise.all([freshDatabases(), freshDatabases({ migrated: false })]);
    await inPostgres(mine.postgres, 'CREATE TABLE only_mine (id int)');
    const seen = await inPostgres(yours.postgres, `SELECT to_regclass('only_mine') AS found`);
    expect(seen).toEqual([{ found: null }]);
    expect(mine.mongodb).not.toBe(yours.mongodb);
    expect(mine.redisKeyPrefix).not.toBe(yours.redisKeyPrefix);
    await Promise.all([mine.drop(), yours.drop()]);
    await expect(inPostgres(mine.postgres, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });
});
