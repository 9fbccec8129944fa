import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';

/** For commands: fails fast, so that a missing Redis costs a request a moment and not its life. */
export const REDIS = Symbol('redis');

/**
 * A connection on which nothing is answered for so long leads nowhere, whatever it looks like: another one may. Not
 * for those that wait for work, and have every reason to hear nothing.
 */
export const DEAD_AFTER_MS = 5_000;

const logger = new Logger('Redis');

/** Connections come back by themselves, at the latest two seconds after Redis did. */
export function connectRedis(url: string, options: RedisOptions): Redis {
  const redis = new Redis(url, { retryStrategy: (times) => Math.min(times * 100, 2_000), ...options });
  let isDown = false;
  redis.on('error', (error: Error) => {
    if (!isDown) logger.warn({ err: error.message }, 'Redis is out of reach');
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) logger.log('Redis is back');
    isDown = false;
  });
  return redis;
}

/**
 * Without automatic pipelines: one that was begun before a script is defined does not know the script, and ioredis
 * then throws where nobody can catch it, which ends the process.
 */
export function connectForCommands(url: string): Redis {
  return connectRedis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 1_000,
    connectTimeout: 2_000,
    socketTimeout: DEAD_AFTER_MS,
  });
}

@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [AppConfig],
      useFactory: ({ redis }: AppConfig) => connectForCommands(redis.url),
    },
  ],
  exports: [REDIS],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
