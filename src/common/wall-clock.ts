import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** The names are chosen by people, and large and small letters are the same to a time zone: there is no end of them. */
const WALL_CLOCKS = new LRUCache<string, Intl.DateTimeFormat>({ max: 500 });

/** What a clock on the wall shows there, as if it were UTC. */
export function wallTimeAt(timeZone: string, instant: number): number {
  const parts = wallClock(timeZone).formatToParts(instant);
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    parts.map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * When the clock on the wall shows that time. A time that is left out in spring is as much later as the clock was put
 * forward; of two in autumn it is the one after the change.
 */
export function instantOf(timeZone: string, wallTime: number): number {
  const offsetAt = (instant: number) => wallTimeAt(timeZone, instant) - instant;
  const guess = wallTime - offsetAt(wallTime - DAY_MS / 2);
  const better = wallTime - offsetAt(guess);
  // On the other side of a change the guess was right about a time that is left out.
  return wallTimeAt(timeZone, better) === wallTime ? better : guess;
}

export function midnightBefore(wallTime: number): number {
  return Math.floor(wallTime / DAY_MS) * DAY_MS;
}

/** How far into the day `HH:mm` is. */
export function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}

/** Each costs more to make than all that it is ever asked. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = WALL_CLOCKS.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  WALL_CLOCKS.set(timeZone, made);
  return made;
}
