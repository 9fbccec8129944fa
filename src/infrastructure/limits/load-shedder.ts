import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Unavailable } from '../../common/errors/common.errors.js';

/** What may be left undone when a node is overloaded, the least important first. */
const BEARABLE_LAG_MS = { signal: 200, sync: 400, send: 1_000 } as const;
export type Load = keyof typeof BEARABLE_LAG_MS;

const LOOK_EVERY_MS = 500;

/** Refuses work while the event loop lags, so that what was accepted still ends in time. */
@Injectable()
export class LoadShedder implements OnModuleInit, OnModuleDestroy {
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });
  private timer: NodeJS.Timeout | undefined;
  private lagMs = 0;

  onModuleInit(): void {
    this.delay.enable();
    this.timer = setInterval(() => {
      // The median of the last moment: one long pause is no overload.
      this.lagMs = this.delay.percentile(50) / 1e6 - 20;
      this.delay.reset();
    }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }

  isTooMuch(load: Load): boolean {
    return this.lagMs > BEARABLE_LAG_MS[load];
  }

  /** Throws Unavailable, which the caller may retry. */
  assertBearable(load: Load): void {
    if (this.isTooMuch(load)) throw new Unavailable('The server is busy. Try again in a moment.', 1_000);
  }
}
