import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { GuardedFetch } from './guarded-fetch.js';

/** Getting what people's URLs name. */
@Module({
  providers: [
    {
      provide: GuardedFetch,
      inject: [AppConfig],
      useFactory: ({ server }: AppConfig) => new GuardedFetch({ mayUseLocalhost: server.mayFetchLocalhost }),
    },
  ],
  exports: [GuardedFetch],
})
export class HttpFetchModule {}
