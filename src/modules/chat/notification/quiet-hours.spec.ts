import { describe, expect, it } from '@jest/globals';
import type { QuietHours } from '../../../contracts/tenants.js';
import { quietUntil } from './quiet-hours.js';

const NIGHT: QuietHours = { enabled: true, from: '22:00', to: '08:00', days: [0, 1, 2, 3, 4, 5, 6] };
const SEOUL = 'Asia/Seoul';
const NEW_YORK = 'America/New_York';

function until(time: string, timeZone: string, given: Partial<QuietHours> = {}): string | null {
  return quietUntil({ ...NIGHT, ...given }, timeZone, new Date(time))?.toISOString() ?? null;
}

describe(quietUntil.name, () => {
  it('lasts over midnight', () => {
    expect(until('2026-11-20T21:59:59+09:00', SEOUL)).toBeNull();
    expect(until('2026-11-20T22:00:00+09:00', SEOUL)).toBe('2026-11-20T23:00:00.000Z');
    expect(until('2026-11-21T07:59:59+09:00', SEOUL)).toBe('2026-11-20T23:00:00.000Z');
    expect(until('2026-11-21T08:00:00+09:00', SEOUL)).toBeNull();
  });

  it('is in the time zone of the agent', () => {
    expect(until('2026-11-20T13:30:00Z', SEOUL)).toBe('2026-11-20T23:00:00.000Z');
    expect(until('2026-11-20T13:30:00Z', NEW_YORK)).toBeNull();
  });

  it('is off when it is off', () => {
    expect(until('2026-11-20T23:00:00+09:00', SEOUL, { enabled: false })).toBeNull();
    expect(until('2026-11-20T23:00:00+09:00', SEOUL, { days: [] })).toBeNull();
  });

  it('begins on its days only, and goes on into others', () => {
    const friday = { days: [5] };
    expect(until('2026-11-20T23:00:00+09:00', SEOUL, friday)).toBe('2026-11-20T23:00:00.000Z');
    expect(until('2026-11-21T03:00:00+09:00', SEOUL, friday)).toBe('2026-11-20T23:00:00.000Z');
    expect(until('2026-11-21T23:00:00+09:00', SEOUL, friday)).toBeNull();
    expect(until('2026-11-20T03:00:00+09:00', SEOUL, friday)).toBeNull();
  });

  it('may be within a day, or all of it', () => {
    const lunch = { from: '12:00', to: '13:00' };
    expect(until('2026-11-20T12:30:00+09:00', SEOUL, lunch)).toBe('2026-11-20T04:00:00.000Z');
    expect(until('2026-11-20T13:00:00+09:00', SEOUL, lunch)).toBeNull();
    const sunday = { from: '00:00', to: '00:00', days: [0] };
    expect(until('2026-11-22T23:59:00+09:00', SEOUL, sunday)).toBe('2026-11-22T15:00:00.000Z');
    expect(until('2026-11-23T00:00:00+09:00', SEOUL, sunday)).toBeNull();
  });

  it('is an hour shorter in the night in which the clock is put forward', () => {
    expect(until('2027-03-13T21:59:00-05:00', NEW_YORK)).toBeNull();
    expect(until('2027-03-13T22:00:00-05:00', NEW_YORK)).toBe('2027-03-14T12:00:00.000Z');
    expect(until('2027-03-14T07:59:00-04:00', NEW_YORK)).toBe('2027-03-14T12:00:00.000Z');
    expect(until('2027-03-14T08:00:00-04:00', NEW_YORK)).toBeNull();
  });

  it('is an hour longer in the night in which it is put back', () => {
    expect(until('2026-10-31T22:00:00-04:00', NEW_YORK)).toBe('2026-11-01T13:00:00.000Z');
    expect(until('2026-11-01T01:30:00-04:00', NEW_YORK)).toBe('2026-11-01T13:00:00.000Z');
    expect(until('2026-11-01T01:30:00-05:00', NEW_YORK)).toBe('2026-11-01T13:00:00.000Z');
    expect(until('2026-11-01T07:59:00-05:00', NEW_YORK)).toBe('2026-11-01T13:00:00.000Z');
    expect(until('2026-11-01T08:00:00-05:00', NEW_YORK)).toBeNull();
  });

  it('ends after the gap when it would end in a time that is left out', () => {
    const early = { from: '22:00', to: '02:30' };
    expect(until('2027-03-14T01:59:00-05:00', NEW_YORK, early)).toBe('2027-03-14T07:30:00.000Z');
    expect(until('2027-03-14T03:29:00-04:00', NEW_YORK, early)).toBe('2027-03-14T07:30:00.000Z');
    expect(until('2027-03-14T03:30:00-04:00', NEW_YORK, early)).toBeNull();
  });
});
