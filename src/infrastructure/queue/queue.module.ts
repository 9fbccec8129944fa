import { BullModule } from '@nestjs/bullmq';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis, RedisOptions } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';
import { connectRedis } from '../redis/redis.module.js';

/** A request must not wait for a queue that is away or hangs; a worker has nothing better to do. */
const CONNECTIONS: Record<'api' | 'worker', RedisOptions> = {
  api: { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2_000, commandTimeout: 1_000 },
  // A worker's connection waits for jobs a few seconds at a time: one that says nothing for longer is dead.
  worker: { maxRetriesPerRequest: null, connectTimeout: 2_000, socketTimeout: 30_000 },
};

const QUEUE_REDIS = Symbol('queue-redis');

@Module({})
class QueueRedisModule implements OnApplicationShutdown {
  constructor(@Inject(QUEUE_REDIS) private readonly redis: Redis) {}

  static forProcess(kind: 'api' | 'worker'): DynamicModule {
    const connection = {
      provide: QUEUE_REDIS,
      inject: [AppConfig],
      useFactory: ({ redis }: AppConfig) => connectRedis(redis.url, CONNECTIONS[kind]),
    };
    return { module: QueueRedisModule, providers: [connection], exports: [QUEUE_REDIS] };
  }

  /** BullMQ leaves open what it was given. */
  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

/** Where jobs go and come from. */
@Module({})
export class QueueModule {
  static forProcess(kind: 'api' | 'worker'): DynamicModule {
    const root = BullModule.forRootAsync({
      imports: [QueueRedisModule.forProcess(kind)],
      inject: [QUEUE_REDIS, AppConfig],
      useFactory: (connection: Redis, { redis }: AppConfig) => ({
        connection,
        prefix: `${redis.keyPrefix}-bull`,
      }),
    });
    return { module: QueueModule, imports: [root], exports: [BullModule] };
  }
}
