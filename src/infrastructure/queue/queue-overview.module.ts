import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { QueueOverviewService } from './queue-overview.service.js';
import { QueueController } from './queue.controller.js';

/** A look at the work that waits, in the api process. */
@Module({ imports: [DiscoveryModule], controllers: [QueueController], providers: [QueueOverviewService] })
export class QueueOverviewModule {}
