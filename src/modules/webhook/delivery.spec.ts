import { describe, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { deliveryIdOf, nextTry } from './delivery.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const HOUR = 3_600_000;
const STILL = () => 0.5;

describe(nextTry.name, () => {
  const pause = (tries: number, wish?: string, random = STILL) => {
    const next = nextTry(tries, NOW, wish, random);
    return next && next.getTime() - NOW.getTime();
  };

  it('comes after longer and longer pauses, and no more after the tenth try', () => {
    expect(Array.from({ length: 11 }, (_, tries) => pause(tries))).toEqual([
      0,
      5_000,
      300_000,
      1_800_000,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      null,
    ]);
  });

  it('is a tenth earlier or later, so that not all come back at once', () => {
    expect(pause(1, undefined, () => 0)).toBe(4_500);
    expect(pause(1, undefined, () => 1)).toBe(5_500);
  });

  it.each([
    ['60', 60_000],
    ['Fri, 20 Nov 2026 12:02:00 GMT', 120_000],
    ['1', 5_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 5_000],
    ['999999999', 24 * HOUR],
    ['soon', 5_000],
    ['-5', 5_000],
  ])('waits as long as it is asked to with %s, within reason', (wish, ms) => {
    expect(pause(1, wish)).toBe(ms);
  });
});

describe(deliveryIdOf.name, () => {
  it('is the same for the same event and webhook, and only for those', () => {
    const [event, webhook] = [newId(), newId()];
    expect(deliveryIdOf(event, webhook)).toBe(deliveryIdOf(event, webhook));
    expect(deliveryIdOf(event, newId())).not.toBe(deliveryIdOf(event, webhook));
    expect(deliveryIdOf(newId(), webhook)).not.toBe(deliveryIdOf(event, webhook));
  });
});
