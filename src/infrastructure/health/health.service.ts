import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { DataSource } from 'typeorm';
import { withDeadline } from '../mongo/deadline.js';
import { REDIS } from '../redis/redis.module.js';

export type Dependency = 'postgres' | 'mongodb' | 'redis';

export interface DependencyHealth {
  state: 'up' | 'down';
  latencyMs: number;
}

export interface Health {
  /** `degraded`: works with less, since what is missing may be. */
  status: 'ok' | 'degraded' | 'down';
  isClosing: boolean;
  dependencies: Record<Dependency, DependencyHealth>;
}

const DEADLINE_MS = 1_500;
/** The routes are open to everybody: asking often must not cost the stores. */
const KEEP_MS = 1_000;
const NEEDED: readonly Dependency[] = ['postgres', 'mongodb'];

@Injectable()
export class HealthService implements OnModuleDestroy {
  private isClosing = false;
  private last: { readAt: number; dependencies: Promise<Health['dependencies']> } | undefined;

  constructor(
    private readonly postgres: DataSource,
    @InjectConnection() private readonly mongo: Connection,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** From here on a load balancer should send its requests elsewhere. */
  onModuleDestroy(): void {
    this.isClosing = true;
  }

  async read(): Promise<Health> {
    const dependencies = await this.dependencies();
    return { status: this.statusOf(dependencies), isClosing: this.isClosing, dependencies };
  }

  private statusOf(dependencies: Health['dependencies']): Health['status'] {
    if (this.isClosing || NEEDED.some((name) => dependencies[name].state === 'down')) return 'down';
    return dependencies.redis.state === 'up' ? 'ok' : 'degraded';
  }

  private dependencies(): Promise<Health['dependencies']> {
    const now = Date.now();
    if (!this.last || now - this.last.readAt > KEEP_MS)
      this.last = { readAt: now, dependencies: this.check() };
    return this.last.dependencies;
  }

  private async check(): Promise<Health['dependencies']> {
    const [postgres, mongodb, redis] = await Promise.all([
      timed(() => this.postgres.query('SELECT 1')),
      timed(async () => this.mongo.db?.command({ ping: 1 }) ?? Promise.reject(new Error('not connected'))),
      timed(() => this.redis.ping()),
    ]);
    return { postgres, mongodb, redis };
  }
}

async function timed(ask: () => Promise<unknown>): Promise<DependencyHealth> {
  const startedAt = performance.now();
  const state = await withDeadline(ask(), DEADLINE_MS).then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return { state, latencyMs: Math.round((performance.now() - startedAt) * 10) / 10 };
}
