import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Unavailable } from '../../common/errors/common.errors.js';
import { AppConfig } from '../../config/app-config.js';
import { LagMeter, SAMPLE_EVERY_MS } from './lag-meter.js';

/** What may be left undone when a node is overloaded, the least important first: how many times the lag it bears. */
const BEARS = { signal: 1, sync: 2, send: 5 } as const;
export type Load = keyof typeof BEARS;

/** Refuses work while the event loop lags, so that what was accepted still ends in time. */
@Injectable()
export class LoadShedder implements OnModuleInit, OnModuleDestroy {
  private readonly meter = new LagMeter(performance.now());
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly config: AppConfig) {}

  onModuleInit(): void {
    this.timer = setInterval(() => this.meter.sample(performance.now()), SAMPLE_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  isTooMuch(load: Load): boolean {
    return this.meter.lagMs > this.config.chat.shedLagMs * BEARS[load];
  }

  /** Throws Unavailable, which the caller may retry. */
  assertBearable(load: Load): void {
    if (this.isTooMuch(load)) throw new Unavailable('The server is busy. Try again in a moment.', 1_000);
  }
}
