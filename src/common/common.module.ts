import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { DomainEventBus } from './events/domain-events.js';
import { DomainExceptionFilter } from './http/domain-exception.filter.js';
import { DtoPipe } from './http/validation.pipe.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    DomainEventBus,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: DtoPipe },
    { provide: APP_FILTER, useClass: DomainExceptionFilter },
  ],
  exports: [DomainEventBus],
})
export class CommonModule {}
