import { describe, expect, it } from '@jest/globals';
import { beginningOf, hoursBetween } from './overview.js';

const at = (time: string) => new Date(time);

describe(beginningOf.name, () => {
  it('is midnight where the company is, some days ago', () => {
    const now = at('2026-11-20T16:30:00.000Z');
    expect(beginningOf(1, 'UTC', now)).toEqual(at('2026-11-20T00:00:00.000Z'));
    // There it is half past one of the next day.
    expect(beginningOf(1, 'Asia/Seoul', now)).toEqual(at('2026-11-20T15:00:00.000Z'));
    expect(beginningOf(7, 'Asia/Seoul', now)).toEqual(at('2026-11-14T15:00:00.000Z'));
  });

  it('is midnight also when the clock was changed in between', () => {
    const now = at('2026-03-10T12:00:00.000Z');
    expect(beginningOf(1, 'America/New_York', now)).toEqual(at('2026-03-10T04:00:00.000Z'));
    expect(beginningOf(7, 'America/New_York', now)).toEqual(at('2026-03-04T05:00:00.000Z'));
  });
});

describe(hoursBetween.name, () => {
  it('names every hour that has a part between the two', () => {
    expect(hoursBetween(at('2026-11-20T09:30:00.000Z'), at('2026-11-20T11:00:00.000Z'))).toEqual([
      at('2026-11-20T09:00:00.000Z'),
      at('2026-11-20T10:00:00.000Z'),
      at('2026-11-20T11:00:00.000Z'),
    ]);
  });
});
