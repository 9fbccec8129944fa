import { DAY_MS, instantOf, midnightBefore, msOf, wallTimeAt } from '../../../common/wall-clock.js';
import type { QuietHours } from '../../../contracts/tenants.js';

/** When the quiet hours end that this moment is within; null outside of them. */
export function quietUntil(
  { enabled, from, to, days }: QuietHours,
  timeZone: string,
  now: Date,
): Date | null {
  if (!enabled) return null;
  const today = midnightBefore(wallTimeAt(timeZone, now.getTime()));
  // Those that began yesterday may go on.
  for (const day of [today - DAY_MS, today]) {
    if (!days.includes(new Date(day).getUTCDay())) continue;
    const begin = instantOf(timeZone, day + msOf(from));
    const lastDay = msOf(to) > msOf(from) ? day : day + DAY_MS;
    const end = instantOf(timeZone, lastDay + msOf(to));
    if (begin <= now.getTime() && now.getTime() < end) return new Date(end);
  }
  return null;
}
