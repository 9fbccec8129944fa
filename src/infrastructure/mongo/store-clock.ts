import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock } from '../../common/clock.js';
import { withDeadline } from './deadline.js';

const MEASURE_EVERY_MS = 30_000;
/** Until one has succeeded. */
const RETRY_AFTER_MS = 1_000;
const TRIES_AT_START = 3;
/** What took longer says too little about the moment in between. */
const MAX_ROUND_TRIP_MS = 500;
/** Below this a difference is left alone, so that times do not wobble. */
const MIN_STEP_MS = 50;
const LEAP_MS = 1_000;
const WORTH_A_WARNING_MS = 5_000;

/**
 * The time of the message store, which is the same on every node whatever the clocks of their machines say. Between
 * two measurements it runs on by the process's own steady clock, also while the store is away.
 */
@Injectable()
export class StoreClock extends Clock implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(StoreClock.name);
  private readonly onHeartbeatLost = () => (this.wasLost = true);
  private readonly onHeartbeat = () => this.measureAfterLoss();
  private timer: NodeJS.Timeout | undefined;
  /** Add the steady clock of this process to have the time of the store. */
  private origin = performance.timeOrigin;
  /** The same for the clock of this machine, which people and programs set. */
  private wallOrigin = performance.timeOrigin;
  private isMeasured = false;
  private isClosed = false;
  private hasWarned = false;
  private wasLost = false;
  private lastFault = '';

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override now(): Date {
    if (!this.isMeasured) return new Date();
    this.measureAfterLeap();
    return new Date(Math.round(this.origin + performance.now()));
  }

  async onModuleInit(): Promise<void> {
    for (let tries = 0; tries < TRIES_AT_START && !this.isMeasured; tries++) await this.measure();
    const client = this.connection.getClient();
    client.on('serverHeartbeatFailed', this.onHeartbeatLost);
    client.on('serverHeartbeatSucceeded', this.onHeartbeat);
    this.measureLater();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    const client = this.connection.getClient();
    client.off('serverHeartbeatFailed', this.onHeartbeatLost);
    client.off('serverHeartbeatSucceeded', this.onHeartbeat);
  }

  /** What the store cannot be asked for stays as it was. */
  async measure(): Promise<void> {
    const askedAt = performance.now();
    this.wallOrigin = Date.now() - askedAt;
    try {
      const storeTime = await this.askStore();
      this.follow(storeTime, askedAt, performance.now());
    } catch (error) {
      this.sayOnce((error as Error).message);
    }
  }

  /** The embedded engine tells no time: it would be said every second for good. */
  private sayOnce(err: string): void {
    if (err !== this.lastFault) this.logger.debug({ err }, 'the clock of the store could not be read');
    this.lastFault = err;
  }

  private follow(storeTime: number, askedAt: number, answeredAt: number): void {
    const roundTrip = answeredAt - askedAt;
    if (roundTrip > MAX_ROUND_TRIP_MS) return;
    const origin = storeTime - (askedAt + answeredAt) / 2;
    // Half of the round trip is how wrong a measurement may be.
    const isSame = Math.abs(origin - this.origin) < Math.max(MIN_STEP_MS, roundTrip / 2);
    if (!this.isMeasured || !isSame) this.origin = origin;
    this.isMeasured = true;
    this.lastFault = '';
    this.warnOnce(storeTime - (Date.now() - roundTrip / 2));
  }

  private warnOnce(offset: number): void {
    if (this.hasWarned || Math.abs(offset) < WORTH_A_WARNING_MS) return;
    this.hasWarned = true;
    this.logger.warn(
      { offsetMs: Math.round(offset) },
      "this machine's clock is not that of MongoDB, which is followed",
    );
  }

  private async askStore(): Promise<number> {
    if (!this.connection.db) throw new Error('MongoDB is not connected');
    const { localTime } = await withDeadline(this.connection.db.command({ hello: 1 }), MAX_ROUND_TRIP_MS * 2);
    if (!(localTime instanceof Date)) throw new Error('MongoDB tells no time');
    return localTime.getTime();
  }

  private measureAfterLoss(): void {
    if (this.wasLost) void this.measure();
    this.wasLost = false;
  }

  /** Somebody set this machine's clock, or it slept while the steady clock stood still: the store knows which. */
  private measureAfterLeap(): void {
    if (Math.abs(Date.now() - performance.now() - this.wallOrigin) > LEAP_MS) void this.measure();
  }

  private measureLater(): void {
    if (this.isClosed) return;
    const next = () => void this.measure().finally(() => this.measureLater());
    this.timer = setTimeout(next, this.isMeasured ? MEASURE_EVERY_MS : RETRY_AFTER_MS).unref();
  }
}
