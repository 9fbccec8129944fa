import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Rounds } from './rounds.js';

class Sweeping extends Rounds {
  protected readonly everyMs = 1_000;
  begun = 0;
  private settle: { end(): void; fail(error: Error): void } | undefined;

  protected goRound(): Promise<void> {
    this.begun++;
    return new Promise((resolve, reject) => (this.settle = { end: resolve, fail: reject }));
  }

  end(): void {
    this.settle?.end();
  }

  fail(): void {
    this.settle?.fail(new Error('the store is away'));
  }
}

describe(Rounds.name, () => {
  let sweeping: Sweeping;

  beforeEach(() => {
    jest.useFakeTimers();
    Logger.overrideLogger(false);
    sweeping = new Sweeping();
    sweeping.onApplicationBootstrap();
  });

  afterEach(() => {
    Logger.overrideLogger(true);
    jest.useRealTimers();
  });

  it('goes again and again', async () => {
    await jest.advanceTimersByTimeAsync(1_300);
    expect(sweeping.begun).toBe(1);
    sweeping.end();
    await jest.advanceTimersByTimeAsync(1_300);
    expect(sweeping.begun).toBe(2);
  });

  it('begins no round before the last one has ended', async () => {
    const first = sweeping.run();
    expect(sweeping.run()).toBe(first);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sweeping.begun).toBe(1);
  });

  it('goes on after a round that failed', async () => {
    const round = sweeping.run();
    sweeping.fail();
    await round;
    void sweeping.run();
    expect(sweeping.begun).toBe(2);
  });

  it('lets the round that is under way end before the process does, and begins none after', async () => {
    void sweeping.run();
    let hasEnded = false;
    const ending = sweeping.onModuleDestroy().then(() => (hasEnded = true));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(hasEnded).toBe(false);
    sweeping.end();
    await ending;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sweeping.begun).toBe(1);
  });
});
