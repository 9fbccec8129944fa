import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Unavailable } from '../../common/errors/common.errors.js';
import { LagMeter, SAMPLE_EVERY_MS } from './lag-meter.js';

/** What may be left undone when a node is overloaded, the least important first. */
const BEARABLE_LAG_MS = { signal: 200, sync: 400, send: 1_000 } as const;
export type Load = keyof typeof BEARABLE_LAG_MS;

/** Refuses work while the event loop lags, so that what was accepted still ends in time. */
@Injectable()
export class LoadShedder implements OnModuleInit, OnModuleDestroy {
  private readonly meter = new LagMeter(performance.now());
  private timer: NodeJS.Timeout | undefined;

  onModuleInit(): void {
    this.timer = setInterval(() => this.meter.sample(performance.now()), SAMPLE_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  isTooMuch(load: Load): boolean {
    return this.meter.lagMs > BEARABLE_LAG_MS[load];
  }

  /** Throws Unavailable, which the caller may retry. */
  assertBearable(load: Load): void {
    if (this.isTooMuch(load)) throw new Unavailable('The server is busy. Try again in a moment.', 1_000);
  }
}
