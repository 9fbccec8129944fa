import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from '../../infrastructure/redis/redis.module.js';

const REMEMBER_SECONDS = 24 * 3600;

/** What was told last of whom, by any node; for a day, since presence is nothing to be kept. */
@Injectable()
export class ToldPresence {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: AppConfig,
  ) {}

  /** Is this another state than the one before? While Redis is away, everything is. */
  async isNews(agentId: string, state: string): Promise<boolean> {
    const key = `${this.config.redis.keyPrefix}-presence-told:${agentId}`;
    const before = await this.redis.set(key, state, 'EX', REMEMBER_SECONDS, 'GET').catch(() => null);
    return before !== state;
  }
}
