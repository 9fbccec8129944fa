import type { EnvReader } from './env-reader.js';

export interface PostgresConfig {
  url: string;
  poolSize: number;
}

export interface MongoConfig {
  url: string;
  poolSize: number;
}

export interface RedisConfig {
  url: string;
  /** Put before every key, queue and stream, so that several installations can share one Redis. */
  keyPrefix: string;
}

export function readPostgresConfig(env: EnvReader): PostgresConfig {
  return {
    url: env.url('POSTGRES_URL', ['postgres', 'postgresql']),
    poolSize: env.integer('POSTGRES_POOL_SIZE', 10, 1, 200),
  };
}

export function readMongoConfig(env: EnvReader): MongoConfig {
  return {
    url: env.url('MONGODB_URL', ['mongodb', 'mongodb+srv']),
    poolSize: env.integer('MONGODB_POOL_SIZE', 20, 1, 500),
  };
}

export function readRedisConfig(env: EnvReader): RedisConfig {
  return { url: env.url('REDIS_URL', ['redis', 'rediss']), keyPrefix: env.text('REDIS_KEY_PREFIX', 'flc') };
}
