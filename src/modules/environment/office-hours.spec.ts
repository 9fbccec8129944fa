import { describe, expect, it } from '@jest/globals';
import type { OfficeHours } from '../../contracts/tenants.js';
import { DEFAULT_OFFICE_HOURS, officeHoursAt } from './office-hours.js';

const open = (isOpen: boolean, opensAt: string | null = null) => ({ isOpen, opensAt });

function at(time: string, given: Partial<OfficeHours> = {}) {
  return officeHoursAt({ ...DEFAULT_OFFICE_HOURS, enabled: true, ...given }, new Date(time));
}

describe(officeHoursAt.name, () => {
  it('says nothing where there are none', () => {
    expect(at('2026-11-27T03:00:00Z', { enabled: false })).toBeNull();
  });

  // The 27th of November 2026 is a Friday; Seoul is nine hours ahead.
  it.each([
    ['2026-11-26T23:59:59Z', open(false, '2026-11-27T00:00:00.000Z')],
    ['2026-11-27T00:00:00Z', open(true)],
    ['2026-11-27T08:59:59Z', open(true)],
    ['2026-11-27T09:00:00Z', open(false, '2026-11-30T00:00:00.000Z')],
    ['2026-11-28T03:00:00Z', open(false, '2026-11-30T00:00:00.000Z')],
  ])('knows at %s whether it is open, and when it opens', (time, expected) => {
    expect(at(time)).toEqual(expected);
  });

  it('passes over holidays, however many', () => {
    const mondays = Array.from({ length: 60 }, (_, week) =>
      new Date(Date.UTC(2026, 10, 30 + 7 * week)).toISOString().slice(0, 10),
    );
    const weekly = [{ day: 1, from: '09:00', to: '18:00' }];
    const opensAt = new Date(Date.UTC(2026, 10, 30 + 7 * 60)).toISOString();
    expect(at('2026-11-27T03:00:00Z', { weekly, holidays: mondays })).toEqual(open(false, opensAt));
    expect(at('2026-11-30T03:00:00Z', { weekly, holidays: mondays })).toEqual(open(false, opensAt));
  });

  it('goes on past midnight, also into a holiday, and round the clock', () => {
    const weekly = [{ day: 5, from: '22:00', to: '02:00' }];
    const holidays = ['2026-11-28'];
    expect(at('2026-11-27T16:30:00Z', { weekly, holidays })).toEqual(open(true));
    expect(at('2026-11-27T17:00:00Z', { weekly, holidays })).toEqual(open(false, '2026-12-04T13:00:00.000Z'));
    const always = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '00:00', to: '00:00' }));
    expect(at('2026-11-28T14:59:59Z', { weekly: always })).toEqual(open(true));
  });

  it('takes the earliest of several, in whatever order they are written', () => {
    const weekly = [
      { day: 5, from: '14:00', to: '18:00' },
      { day: 5, from: '09:00', to: '12:00' },
    ];
    expect(at('2026-11-27T03:30:00Z', { weekly })).toEqual(open(false, '2026-11-27T05:00:00.000Z'));
    expect(at('2026-11-26T20:00:00Z', { weekly })).toEqual(open(false, '2026-11-27T00:00:00.000Z'));
  });

  it('opens at nine on the wall, before and after the clock is changed', () => {
    const newYork = { timeZone: 'America/New_York' };
    expect(at('2026-03-07T12:00:00Z', newYork)).toEqual(open(false, '2026-03-09T13:00:00.000Z'));
    expect(at('2026-03-06T13:59:59Z', newYork)).toEqual(open(false, '2026-03-06T14:00:00.000Z'));
  });

  it('never opens when no hours are named', () => {
    expect(at('2026-11-27T03:00:00Z', { weekly: [] })).toEqual(open(false, null));
  });
});
