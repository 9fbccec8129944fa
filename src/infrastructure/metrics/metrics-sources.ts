import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Clock } from '../../common/clock.js';
import { foundQueues } from '../queue/found-queues.js';
import { Realtime } from '../realtime/realtime.js';
import { Metrics, type Reading } from './metrics.js';
import { NotificationTally } from './notification-tally.js';

const QUEUE_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
const KEEP_MS = 5_000;
const QUEUE_DEADLINE_MS = 1_000;

/** Figures that are read when Prometheus comes. */
@Injectable()
export class MetricsSources implements OnApplicationBootstrap {
  private depths: { readAt: number; readings: Promise<Reading[]> } | undefined;

  constructor(
    private readonly metrics: Metrics,
    private readonly realtime: Realtime,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    private readonly notifications: NotificationTally,
  ) {}

  onApplicationBootstrap(): void {
    this.metrics.gauge('flc_sockets_connected', 'Sockets open on this process', [], () => [
      { labels: {}, value: this.realtime.localSockets.length },
    ]);
    this.metrics.gauge(
      'flc_clock_offset_seconds',
      "What the machine's clock is behind the store's",
      [],
      () => [{ labels: {}, value: (this.clock.now().getTime() - Date.now()) / 1000 }],
    );
    this.metrics.gauge('flc_queue_jobs', 'Jobs by queue and state', ['queue', 'state'], () =>
      this.queueDepths(),
    );
    this.metrics.total(
      'flc_notifications_total',
      'What became of notifications to those who were away; removed: the device or mailbox was gone',
      ['channel', 'outcome'],
      () => this.notifications.read(),
    );
  }

  /** Several scrapers must not cost Redis several times. */
  private queueDepths(): Promise<Reading[]> {
    const now = Date.now();
    if (!this.depths || now - this.depths.readAt > KEEP_MS) {
      this.depths = { readAt: now, readings: this.readQueues() };
    }
    return this.depths.readings;
  }

  private async readQueues(): Promise<Reading[]> {
    const queues = [...foundQueues(this.discovery).values()];
    return (await Promise.all(queues.map(readQueue))).flat();
  }
}

/** Nothing while Redis is away: a missing series says so, a zero would lie. */
async function readQueue(queue: Queue): Promise<Reading[]> {
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, QUEUE_DEADLINE_MS, null).unref());
  const counts = await Promise.race([queue.getJobCounts(...QUEUE_STATES).catch(() => null), timeout]);
  if (!counts) return [];
  return QUEUE_STATES.map((state) => ({ labels: { queue: queue.name, state }, value: counts[state] ?? 0 }));
}
