import { BullModule } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';
import type { RedisOptions } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';
import { connectRedis } from '../redis/redis.module.js';

/** A request must not wait for a queue that is away; a worker has nothing better to do. */
const CONNECTIONS: Record<'api' | 'worker', RedisOptions> = {
  api: { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2_000 },
  worker: { maxRetriesPerRequest: null, connectTimeout: 2_000 },
};

/** Where jobs go and come from. */
@Module({})
export class QueueModule {
  static forProcess(kind: 'api' | 'worker'): DynamicModule {
    const root = BullModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ redis }: AppConfig) => ({
        connection: connectRedis(redis.url, CONNECTIONS[kind]),
        prefix: `${redis.keyPrefix}-bull`,
      }),
    });
    return { module: QueueModule, imports: [root], exports: [BullModule] };
  }
}
