import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from './redis.module.js';

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
/** A lock that cannot be renewed in time for three tries is as good as lost. */
const RENEWALS = 3;

/** Held by this process until it is released, or until Redis forgets it: then `isLost`, and somebody else may have it. */
export class HeldLock {
  isLost = false;
  private readonly timer: NodeJS.Timeout;
  private renewedAt = performance.now();

  constructor(
    private readonly redis: Redis,
    private readonly key: string,
    private readonly token: string,
    private readonly ms: number,
  ) {
    this.timer = setInterval(() => void this.renew(), ms / RENEWALS);
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    // One that cannot be released ends by itself.
    await this.redis.eval(RELEASE, 1, this.key, this.token).catch(() => undefined);
  }

  private async renew(): Promise<void> {
    const askedAt = performance.now();
    const renewed = await this.redis.eval(RENEW, 1, this.key, this.token, this.ms).catch(() => null);
    if (renewed === 1) this.renewedAt = askedAt;
    else if (renewed === 0 || performance.now() - this.renewedAt >= this.ms) this.isLost = true;
  }
}

/**
 * So that a piece of work is done by one process at a time, as a rule: what must never happen twice has to be made sure
 * of where it happens.
 */
@Injectable()
export class RedisLocks {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly config: AppConfig,
  ) {}

  /** Null when somebody else has it. Renewed until it is released. */
  async take(name: string, ms: number): Promise<HeldLock | null> {
    const key = `${this.config.redis.keyPrefix}:lock:${name}`;
    const token = randomUUID();
    const taken = await this.redis.set(key, token, 'PX', ms, 'NX');
    return taken === 'OK' ? new HeldLock(this.redis, key, token, ms) : null;
  }
}
