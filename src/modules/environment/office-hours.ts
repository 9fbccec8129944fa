import { DAY_MS, instantOf, midnightBefore, msOf, wallTimeAt } from '../../common/wall-clock.js';
import type { OfficeHours, OfficeHoursView } from '../../contracts/tenants.js';

export const DEFAULT_OFFICE_HOURS: OfficeHours = {
  enabled: false,
  timeZone: 'Asia/Seoul',
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '18:00' })),
  holidays: [],
};

/** An office with one day a week may have as many holidays as there are in the list. */
const DAYS_AHEAD = 61 * 7;

interface Span {
  begin: number;
  end: number;
}

/** Null when there are none. Of a day on which the clock is changed the hours are those of the clock on the wall. */
export function officeHoursAt(hours: OfficeHours, now: Date): OfficeHoursView | null {
  if (!hours.enabled) return null;
  const instant = now.getTime();
  const today = midnightBefore(wallTimeAt(hours.timeZone, instant));
  // Those that began yesterday may go on.
  const near = [today - DAY_MS, today].flatMap((day) => spansOf(hours, day));
  if (near.some(({ begin, end }) => begin <= instant && instant < end))
    return { isOpen: true, opensAt: null };
  return { isOpen: false, opensAt: nextBegin(hours, today, instant) };
}

function nextBegin(hours: OfficeHours, today: number, after: number): string | null {
  for (let day = today; day <= today + DAYS_AHEAD * DAY_MS; day += DAY_MS) {
    const begins = spansOf(hours, day)
      .map(({ begin }) => begin)
      .filter((begin) => begin > after);
    if (begins.length > 0) return new Date(Math.min(...begins)).toISOString();
  }
  return null;
}

/** @param day its midnight, on the wall */
function spansOf({ timeZone, weekly, holidays }: OfficeHours, day: number): Span[] {
  const date = new Date(day);
  if (holidays.includes(date.toISOString().slice(0, 10))) return [];
  return weekly
    .filter((open) => open.day === date.getUTCDay())
    .map(({ from, to }) => ({
      begin: instantOf(timeZone, day + msOf(from)),
      end: instantOf(timeZone, (msOf(to) > msOf(from) ? day : day + DAY_MS) + msOf(to)),
    }));
}
