import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from './redis.module.js';

const ASK_EVERY_MS = 250;
const ANSWER_WITHIN_MS = 400;

/**
 * Knows whether Redis answers. A connection that is open says little: a Redis that hangs, or one behind a network
 * that swallows everything, keeps its connections and says nothing.
 */
@Injectable()
export class RedisWatch implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;
  private isSilent = false;

  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.ask(), ASK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  get isAway(): boolean {
    return this.redis.status !== 'ready' || this.isSilent;
  }

  private async ask(): Promise<void> {
    if (this.isAsking || this.redis.status !== 'ready') return;
    this.isAsking = true;
    const deadline = setTimeout(() => setImmediate(() => this.expire()), ANSWER_WITHIN_MS);
    const hasAnswered = await this.redis.ping().then(
      () => true,
      () => false,
    );
    clearTimeout(deadline);
    this.isAsking = false;
    this.isSilent = !hasAnswered;
  }

  /** After what has arrived was read: a process that was busy itself must not take Redis for silent. */
  private expire(): void {
    if (this.isAsking) this.isSilent = true;
  }
}
