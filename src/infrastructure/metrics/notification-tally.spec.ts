import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { AppConfig } from '../../config/app-config.js';
import { Metrics } from './metrics.js';
import { NotificationTally } from './notification-tally.js';

const CONFIG = { redis: { keyPrefix: 'test' } } as AppConfig;

function redisOf(hashes: Record<string, Record<string, string>>): Redis {
  const redis = {
    hincrby: (key: string, field: string, by: number) => {
      const hash = (hashes[key] ??= {});
      hash[field] = String(Number(hash[field] ?? 0) + by);
      return Promise.resolve(Number(hash[field]));
    },
    hgetall: (key: string) => Promise.resolve(hashes[key] ?? {}),
  };
  return redis as unknown as Redis;
}

describe(NotificationTally.name, () => {
  it('shows the api what a worker has counted', async () => {
    const hashes = {};
    const worker = new NotificationTally(redisOf(hashes), CONFIG);
    worker.notified('push', 'sent');
    worker.notified('push', 'sent');
    worker.notified('email', 'failed');

    const api = new NotificationTally(redisOf(hashes), CONFIG);
    const metrics = new Metrics();
    metrics.total('told_total', 'Told', ['channel', 'outcome'], () => api.read());
    const first = await metrics.registry.getSingleMetricAsString('told_total');
    expect(first).toContain('# TYPE told_total counter');
    expect(first).toContain('told_total{channel="push",outcome="sent"} 2');
    expect(first).toContain('told_total{channel="email",outcome="failed"} 1');
    expect(await metrics.registry.getSingleMetricAsString('told_total')).toBe(first);
  });

  it('neither fails nor shows anything while Redis is away', async () => {
    const away = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const tally = new NotificationTally({ hincrby: away, hgetall: away } as unknown as Redis, CONFIG);
    tally.notified('email', 'sent');
    expect(await tally.read()).toEqual([]);
  });
});
