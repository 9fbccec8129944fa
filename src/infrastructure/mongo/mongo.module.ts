import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { repairDriver } from './driver-repair.js';
import { HeartbeatWatch } from './heartbeat-watch.js';
import { StoreClock } from './store-clock.js';

repairDriver();

@Global()
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ mongo }: AppConfig) => ({
        uri: mongo.url,
        maxPoolSize: mongo.poolSize,
        serverSelectionTimeoutMS: 2_500,
        connectTimeoutMS: 2_500,
        // A store that keeps its connections and says nothing is noticed within five seconds.
        heartbeatFrequencyMS: 2_000,
        socketTimeoutMS: 10_000,
        autoIndex: false,
        autoCreate: false,
        bufferCommands: false,
      }),
    }),
  ],
  providers: [{ provide: Clock, useClass: StoreClock }, HeartbeatWatch],
  exports: [Clock],
})
export class MongoModule {}
