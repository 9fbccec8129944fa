import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { StoreClock } from './store-clock.js';

const MINUTE = 60_000;

describe(StoreClock.name, () => {
  let clock: StoreClock;
  let client: EventEmitter;
  let ahead: number;
  let roundTrip: number;
  let isAway: boolean;
  let asked: number;

  beforeEach(() => {
    Logger.overrideLogger(false);
    jest.useFakeTimers();
    [ahead, roundTrip, isAway, asked] = [10 * MINUTE, 0, false, 0];
    client = new EventEmitter();
    const connection = { db: { command: answer }, getClient: () => client } as unknown as Connection;
    clock = new StoreClock(connection);
  });

  afterEach(() => {
    clock.onModuleDestroy();
    jest.useRealTimers();
  });

  /** The store looks at its clock in the middle of the round trip. */
  async function answer() {
    asked++;
    if (isAway) throw new Error('away');
    jest.advanceTimersByTime(roundTrip / 2);
    const localTime = new Date(Date.now() + ahead);
    jest.advanceTimersByTime(roundTrip / 2);
    return { localTime };
  }

  const offset = () => clock.now().getTime() - Date.now();

  it('says the time of the store from the start', async () => {
    roundTrip = 40;
    await clock.onModuleInit();
    expect(offset()).toBe(10 * MINUTE);
    jest.advanceTimersByTime(5_000);
    expect(offset()).toBe(10 * MINUTE);
  });

  it('goes by the machine until the store has answered, and asks it again soon', async () => {
    isAway = true;
    await clock.onModuleInit();
    expect(offset()).toBe(0);
    isAway = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(offset()).toBe(10 * MINUTE);
  });

  it('says once that the store cannot be asked, and again after it could', async () => {
    const said = jest.spyOn(Logger.prototype, 'debug');
    isAway = true;
    await clock.onModuleInit();
    await jest.advanceTimersByTimeAsync(10_000);
    expect([asked > 3, said.mock.calls.length]).toEqual([true, 1]);
    isAway = false;
    await clock.measure();
    isAway = true;
    await clock.measure();
    expect(said).toHaveBeenCalledTimes(2);
  });

  it('follows the store every half minute, and not what differs by a blink', async () => {
    await clock.onModuleInit();
    ahead += 40;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(offset()).toBe(10 * MINUTE);
    ahead += 40;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(offset()).toBe(10 * MINUTE + 80);
  });

  it('takes nothing from an answer that was long on its way', async () => {
    await clock.onModuleInit();
    [ahead, roundTrip] = [0, 600];
    await clock.measure();
    expect(offset()).toBe(10 * MINUTE);
  });

  it('stays with what it knew while the store is away, and asks when it is back', async () => {
    await clock.onModuleInit();
    [ahead, isAway] = [MINUTE, true];
    client.emit('serverHeartbeatFailed');
    await jest.advanceTimersByTimeAsync(35_000);
    expect(offset()).toBe(10 * MINUTE);
    isAway = false;
    client.emit('serverHeartbeatSucceeded');
    await jest.advanceTimersByTimeAsync(0);
    expect(offset()).toBe(MINUTE);
    const before = asked;
    client.emit('serverHeartbeatSucceeded');
    expect(asked).toBe(before);
  });

  it("is not moved by whoever sets this machine's clock", async () => {
    await clock.onModuleInit();
    const before = clock.now().getTime();
    jest.setSystemTime(Date.now() - 30 * MINUTE);
    ahead += 30 * MINUTE;
    expect(clock.now().getTime()).toBe(before);
    await jest.advanceTimersByTimeAsync(0);
    expect(clock.now().getTime()).toBe(before);
  });
});
