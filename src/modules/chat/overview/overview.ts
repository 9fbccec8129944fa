import { DAY_MS, instantOf, midnightBefore, wallTimeAt } from '../../../common/wall-clock.js';

export const HOUR_MS = 3_600_000;

/** The beginning of the day, there, that is so many days before today; today is the first of them. */
export function beginningOf(days: number, timeZone: string, now: Date): Date {
  const today = midnightBefore(wallTimeAt(timeZone, now.getTime()));
  return new Date(instantOf(timeZone, today - (days - 1) * DAY_MS));
}

/** In whole hours of UTC, which no time zone changes. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** Every hour that has a part between the two. */
export function hoursBetween(from: Date, to: Date): Date[] {
  const first = hourOf(from).getTime();
  const count = Math.floor((to.getTime() - first) / HOUR_MS) + 1;
  return Array.from({ length: count }, (_, index) => new Date(first + index * HOUR_MS));
}
