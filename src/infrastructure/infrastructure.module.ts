import { Module, type DynamicModule } from '@nestjs/common';
import { LoggingModule } from './logging/logging.module.js';
import { MailModule } from './mail/mail.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { MongoModule } from './mongo/mongo.module.js';
import { PostgresModule } from './postgres/postgres.module.js';
import { QueueModule } from './queue/queue.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { RedisModule } from './redis/redis.module.js';

/** What both processes stand on. */
@Module({
  imports: [
    LoggingModule,
    PostgresModule,
    MongoModule,
    RedisModule,
    RealtimeModule,
    MailModule,
    MetricsModule,
  ],
})
export class InfrastructureModule {
  static forProcess(kind: 'api' | 'worker'): DynamicModule {
    return { module: InfrastructureModule, imports: [QueueModule.forProcess(kind)] };
  }
}
