import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from '../redis/redis.module.js';
import type { Reading } from './metrics.js';

/** What became of notifications. Kept in Redis: workers count, and only the api is asked by Prometheus. */
@Injectable()
export class NotificationTally {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: AppConfig,
  ) {}

  /** Nobody waits for it; while Redis is away it is not counted. */
  notified(channel: 'push' | 'email', outcome: 'sent' | 'failed' | 'removed'): void {
    this.redis.hincrby(this.key, `${channel} ${outcome}`, 1).catch(() => undefined);
  }

  /** Nothing while Redis is away. */
  async read(): Promise<Reading[]> {
    const counts = await this.redis.hgetall(this.key).catch(() => ({}));
    return Object.entries(counts).map(([field, count]) => {
      const [channel = '', outcome = ''] = field.split(' ');
      return { labels: { channel, outcome }, value: Number(count) };
    });
  }

  private get key(): string {
    return `${this.config.redis.keyPrefix}-notifications`;
  }
}
