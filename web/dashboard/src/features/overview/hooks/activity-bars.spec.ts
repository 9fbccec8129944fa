import { describe, expect, it } from 'vitest';
import { dayBars, hourBars, hourOfDayBars, peakOf, totalOf } from './activity-bars';

const BEGIN = Date.parse('2026-11-19T15:00:00.000Z');
const timeZone = 'Asia/Seoul';

/** So many hours from midnight in Seoul on; the messages of each are its number in the day. */
const hours = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    at: new Date(BEGIN + index * 3_600_000).toISOString(),
    messages: index % 24,
    conversations: 1,
  }));

describe('hourBars', () => {
  it('has a bar for every hour of the day where the company is, those to come as well', () => {
    const bars = hourBars({ perHour: hours(3), timeZone }, 'en');
    expect(bars).toHaveLength(24);
    expect(bars.slice(0, 4).map(({ label, messages }) => [label, messages])).toEqual([
      ['00', 0],
      ['01', 1],
      ['02', 2],
      ['03', 0],
    ]);
    expect(bars[13]?.name).toMatch(/^1:00\sPM$/);
    expect(hourBars({ perHour: [], timeZone }, 'en')).toEqual([]);
  });
});

describe('dayBars', () => {
  it('adds up the hours of each day there', () => {
    const bars = dayBars({ perHour: hours(30), timeZone }, 'en');
    expect(bars).toEqual([
      { label: '11/20', name: 'Friday, November 20', messages: 276, conversations: 24 },
      { label: '11/21', name: 'Saturday, November 21', messages: 15, conversations: 6 },
    ]);
  });

  it('keeps the first half hour of a day with it', () => {
    const perHour = [{ at: '2026-11-19T18:00:00.000Z', messages: 1, conversations: 0 }];
    expect(dayBars({ perHour, timeZone: 'Asia/Kolkata' }, 'en').map(({ label }) => label)).toEqual(['11/20']);
  });
});

describe('hourOfDayBars', () => {
  it('takes the average of the same hour of all days', () => {
    const perHour = hours(25).map((hour, index) => ({ ...hour, messages: index === 24 ? 5 : index }));
    const bars = hourOfDayBars({ perHour, timeZone }, 'en');
    expect(bars).toHaveLength(24);
    expect(bars[0]).toMatchObject({ label: '00', messages: 2.5, conversations: 1 });
    expect(bars[23]).toMatchObject({ label: '23', messages: 23 });
  });
});

describe('peakOf', () => {
  it('is the first of the highest', () => {
    const bars = hourBars({ perHour: hours(3), timeZone }, 'en');
    expect([peakOf(bars)?.label, totalOf(bars), peakOf([])]).toEqual(['02', 3, undefined]);
  });
});
