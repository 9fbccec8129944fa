import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../../config/app-config.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ postgres }: AppConfig) => ({
        type: 'postgres' as const,
        url: postgres.url,
        poolSize: postgres.poolSize,
        namingStrategy: new SnakeNamingStrategy(),
        autoLoadEntities: true,
        synchronize: false,
        retryAttempts: 3,
        retryDelay: 1_000,
        connectTimeoutMS: 2_500,
        extra: { query_timeout: 2_500, keepAlive: true, idleTimeoutMillis: 30_000 },
        // A lost idle connection is replaced at the next query; without this it would end the process.
        poolErrorHandler: () => undefined,
      }),
    }),
  ],
  providers: [UnitOfWork],
  exports: [UnitOfWork],
})
export class PostgresModule {}
