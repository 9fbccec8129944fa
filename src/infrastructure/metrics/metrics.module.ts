import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { MetricsSources } from './metrics-sources.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { NotificationTally } from './notification-tally.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [MetricsController],
  providers: [Metrics, MetricsSources, NotificationTally],
  exports: [Metrics, NotificationTally],
})
export class MetricsModule {}
