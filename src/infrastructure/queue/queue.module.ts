import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { connectRedis } from '../redis/redis.module.js';

/** Where jobs go. Producers fail fast; the worker process has its own, patient connections. */
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ redis }: AppConfig) => ({
        connection: connectRedis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2_000 }),
        prefix: `${redis.keyPrefix}-bull`,
      }),
    }),
  ],
  exports: [BullModule],
})
export class QueueModule {}
