import { describe, expect, it } from '@jest/globals';
import { LagMeter, SAMPLE_EVERY_MS } from './lag-meter.js';

/** What the meter says after turns of these lengths, in milliseconds. */
function lagAfter(turns: readonly number[]): number {
  let now = 0;
  const meter = new LagMeter(now);
  for (const turn of turns) meter.sample((now += turn));
  return meter.lagMs;
}

const ofThem = (count: number, turn: number) => Array.from({ length: count }, () => turn);

describe(LagMeter.name, () => {
  it('is nothing while every turn is in time', () => {
    expect(lagAfter(ofThem(20, SAMPLE_EVERY_MS))).toBe(0);
  });

  it.each([250, 300, 550, 1_300, 5_000])('is what turns of %i ms are late, after two of them', (turn) => {
    expect(lagAfter(ofThem(2, turn))).toBe(turn - SAMPLE_EVERY_MS);
  });

  it('takes one long pause for no overload', () => {
    const usual = ofThem(9, SAMPLE_EVERY_MS);
    expect(lagAfter([...usual, 3_000, ...usual])).toBe(0);
    expect(lagAfter([3_000, ...usual])).toBe(0);
  });

  it('is over half a second after the last late turn', () => {
    expect(lagAfter([...ofThem(4, 1_300), ...ofThem(10, SAMPLE_EVERY_MS)])).toBe(0);
  });
});
