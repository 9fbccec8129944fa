import type { OpenHours } from '../../../lib/wire';

/** From Monday on, as calendars of offices begin. */
export const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
export const MOST_HOURS = 28;
export const MOST_HOLIDAYS = 60;
const FIRST: Omit<OpenHours, 'day'> = { from: '09:00', to: '18:00' };

/** One more span on a day: after the last of them when there is room, else the usual hours. */
export function withHours(weekly: readonly OpenHours[], day: number): OpenHours[] {
  const last = weekly.filter((hours) => hours.day === day).at(-1);
  const next = last && last.to > last.from && last.to < '22:00' ? { from: last.to, to: '22:00' } : FIRST;
  return [...weekly, { day, ...next }];
}

/** The hours of Monday on every day from Monday to Friday. */
export function likeMonday(weekly: readonly OpenHours[]): OpenHours[] {
  const monday = weekly.filter(({ day }) => day === 1);
  const weekend = weekly.filter(({ day }) => day === 0 || day === 6);
  return [...[1, 2, 3, 4, 5].flatMap((day) => monday.map((hours) => ({ ...hours, day }))), ...weekend];
}

export function isOvernight({ from, to }: OpenHours): boolean {
  return to <= from;
}

export function withHoliday(holidays: readonly string[], day: string): string[] {
  return [...new Set([...holidays, day])].sort();
}
