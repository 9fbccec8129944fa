import { describe, expect, it } from 'vitest';
import { likeMonday, withHoliday, withHours } from './hours-form';

describe(withHours, () => {
  it('goes on after the hours that a day has', () => {
    const usual = withHours([], 1);
    expect(usual).toEqual([{ day: 1, from: '09:00', to: '18:00' }]);
    expect(withHours(usual, 1).at(-1)).toEqual({ day: 1, from: '18:00', to: '22:00' });
    expect(withHours(usual, 2).at(-1)).toEqual({ day: 2, from: '09:00', to: '18:00' });
  });
});

describe(likeMonday, () => {
  it('leaves the weekend alone', () => {
    const weekly = [
      { day: 1, from: '10:00', to: '12:00' },
      { day: 3, from: '09:00', to: '18:00' },
      { day: 6, from: '11:00', to: '13:00' },
    ];
    const days = likeMonday(weekly).map(({ day, from }) => [day, from]);
    expect(days).toEqual([
      [1, '10:00'],
      [2, '10:00'],
      [3, '10:00'],
      [4, '10:00'],
      [5, '10:00'],
      [6, '11:00'],
    ]);
  });
});

describe(withHoliday, () => {
  it('keeps each once, in order', () => {
    expect(withHoliday(['2026-12-25'], '2026-10-09')).toEqual(['2026-10-09', '2026-12-25']);
    expect(withHoliday(['2026-12-25'], '2026-12-25')).toEqual(['2026-12-25']);
  });
});
