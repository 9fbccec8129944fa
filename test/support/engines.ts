import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import pg from 'pg';
import type { EngineUrls } from '../../src/embedded/engines.js';
import { filesOf } from './env.js';
import { runMigrations } from '../../src/infrastructure/migrations.js';

export interface FreshDatabases extends EngineUrls {
  /** Goes into REDIS_KEY_PREFIX: one Redis serves all suites. */
  redisKeyPrefix: string;
  drop(): Promise<void>;
}

/** The engines that the global setup started. */
export function testEngineUrls(): EngineUrls {
  return {
    postgres: required('TEST_POSTGRES_URL'),
    mongodb: required('TEST_MONGODB_URL'),
    redis: required('TEST_REDIS_URL'),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test needs the global setup of the engines`);
  return value;
}

/** Databases that no other suite sees. Migrated, unless the suite is about migrations. */
export async function freshDatabases(options: { migrated?: boolean } = {}): Promise<FreshDatabases> {
  const engines = testEngineUrls();
  const name = `t_${process.env.TEST_RUN}_${randomBytes(5).toString('hex')}`;
  const postgres = withDatabase(engines.postgres, name);
  const mongodb = withDatabase(engines.mongodb, name);
  await administer(engines.postgres, `CREATE DATABASE ${name}`);
  if (options.migrated ?? true) await runMigrations({ postgresUrl: postgres, mongodbUrl: mongodb });
  const drop = async () => {
    await administer(engines.postgres, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await dropMongo(mongodb);
    await dropKeys(engines.redis, name);
    await rm(filesOf(name), { recursive: true, force: true });
  };
  return { postgres, mongodb, redis: engines.redis, redisKeyPrefix: name, drop };
}

/** Not by `new URL`: a MongoDB url may name a socket or several hosts. */
function withDatabase(url: string, name: string): string {
  const [address = '', query] = url.split('?');
  const server = address.split('/').slice(0, 3).join('/');
  return `${server}/${name}${query ? `?${query}` : ''}`;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function dropMongo(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { autoIndex: false }).asPromise();
  try {
    await connection.dropDatabase();
  } finally {
    await connection.close();
  }
}

async function dropKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  try {
    for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await redis.unlink(keys as string[]);
    }
  } finally {
    redis.disconnect();
  }
}
