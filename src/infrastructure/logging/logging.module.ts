import { Module, RequestMethod } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../../config/app-config.js';
import { logOptions } from './log-options.js';

/** What nestjs-pino has for it, Nest makes `/{/*splat}` of, which is `/` alone. */
const ALL_ROUTES = { path: '{*path}', method: RequestMethod.ALL };

@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ server }: AppConfig) => ({ pinoHttp: logOptions(server), forRoutes: [ALL_ROUTES] }),
    }),
  ],
})
export class LoggingModule {}
