import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { AppConfig } from '../../config/app-config.js';
import { RedisWatch } from '../redis/redis-watch.js';
import { REDIS } from '../redis/redis.module.js';

interface Turn {
  holder: string;
  endsAt: number;
}

const MAX_TURNS = 50_000;

/**
 * One holder per key for a span of time, on all nodes through Redis. While Redis is away each node goes by what it
 * knows itself.
 */
@Injectable()
export class Turns {
  private readonly known = new LRUCache<string, Turn>({ max: MAX_TURNS });

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly watch: RedisWatch,
    private readonly config: AppConfig,
  ) {}

  /** Answers 0 when the turn is the holder's, now or from before; else how many milliseconds somebody else has it. */
  async take(key: string, holder: string, seconds: number): Promise<number> {
    // Another span is another turn: who is slowed down less from now on does not wait for the old span to end.
    const id = `${key}-${seconds}`;
    const turn = this.find(id) ?? (await this.ask(id, holder, seconds * 1_000));
    this.known.set(id, turn);
    return turn.holder === holder ? 0 : Math.max(turn.endsAt - performance.now(), 1);
  }

  private find(id: string): Turn | undefined {
    const turn = this.known.get(id);
    return turn && performance.now() < turn.endsAt ? turn : undefined;
  }

  private async ask(id: string, holder: string, ms: number): Promise<Turn> {
    const own = { holder, endsAt: performance.now() + ms };
    if (this.watch.isAway) return own;
    try {
      return (await this.askRedis(`${this.config.redis.keyPrefix}-turn-${id}`, holder, ms)) ?? own;
    } catch {
      return own;
    }
  }

  private async askRedis(key: string, holder: string, ms: number): Promise<Turn | undefined> {
    const answers = await this.redis.multi().set(key, holder, 'PX', ms, 'NX').get(key).pttl(key).exec();
    const [holds, leftMs] = (answers ?? []).slice(1).map(([, answer]) => answer);
    if (typeof holds !== 'string' || typeof leftMs !== 'number') return undefined;
    return { holder: holds, endsAt: performance.now() + leftMs };
  }
}
