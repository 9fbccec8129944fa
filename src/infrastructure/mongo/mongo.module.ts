import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AppConfig } from '../../config/app-config.js';

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
        socketTimeoutMS: 10_000,
        autoIndex: false,
        autoCreate: false,
        bufferCommands: false,
      }),
    }),
  ],
})
export class MongoModule {}
