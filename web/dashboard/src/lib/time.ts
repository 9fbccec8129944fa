const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

export function clockTime(iso: string, language: string): string {
  return format(language, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso));
}

export function dateTime(iso: string, language: string): string {
  return format(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

export function dayName(iso: string, language: string): string {
  const date = new Date(iso);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  const year = isThisYear ? {} : ({ year: 'numeric' } as const);
  return format(language, { month: 'long', day: 'numeric', weekday: 'long', ...year }).format(date);
}

/** Its short name; 0 is Sunday. */
export function weekday(day: number, language: string): string {
  // The fourth of January 1970 was a Sunday.
  return format(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date((3 + day) * DAY));
}

/** A day such as `2026-12-25`, wherever it is. */
export function calendarDay(day: string, language: string): string {
  return format(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
}

/** Calendar days between two moments in local time: 0 today, 1 yesterday. */
export function daysAgo(iso: string, now: number): number {
  const start = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((start(now) - start(Date.parse(iso))) / DAY);
}

/** Short, for lists: the time today, else the day. */
export function listTime(iso: string, language: string, now = Date.now()): string {
  if (daysAgo(iso, now) === 0) return clockTime(iso, language);
  const isThisYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
  if (isThisYear) return format(language, { month: 'short', day: 'numeric' }).format(new Date(iso));
  return format(language, { year: 'numeric', month: 'numeric', day: 'numeric' }).format(new Date(iso));
}

/** `5 minutes ago`, in the language. */
export function relativeTime(iso: string, language: string, now = Date.now()): string {
  const elapsed = now - Date.parse(iso);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  // Of minutes, none is `this minute`, which nobody says.
  if (elapsed < MINUTE) return relative.format(0, 'second');
  if (elapsed < HOUR) return relative.format(-Math.floor(elapsed / MINUTE), 'minute');
  if (elapsed < DAY) return relative.format(-Math.floor(elapsed / HOUR), 'hour');
  return relative.format(-daysAgo(iso, now), 'day');
}

export function isSameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** `5 minutes`, in the largest unit of which it is a whole number. */
export function duration(seconds: number, language: string): string {
  const [unit, size] =
    seconds % 3_600 === 0 ? ['hour', 3_600] : seconds % 60 === 0 ? ['minute', 60] : ['second', 1];
  const style = { style: 'unit', unit: `${unit}`, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language, style).format(seconds / Number(size));
}

/** `3 minutes`, in the largest unit of which it is at least one; what is left is cut. */
export function roughDuration(ms: number, language: string): string {
  const [unit, size] =
    ms < MINUTE
      ? ['second', 1_000]
      : ms < HOUR
        ? ['minute', MINUTE]
        : ms < DAY
          ? ['hour', HOUR]
          : ['day', DAY];
  const style = { style: 'unit', unit: `${unit}`, unitDisplay: 'short' } as const;
  return new Intl.NumberFormat(language, style).format(Math.floor(ms / Number(size)));
}

/** `1m 35s`, in the two largest units of which there is something; what is left is cut. */
export function twoUnits(ms: number, language: string): string {
  const units = [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
    ['second', 1_000],
  ] as const;
  const largest = units.findIndex(([, size]) => ms >= size);
  const counts = units.slice(largest, largest + 2).map(([unit, size], index, [first]) => {
    const count = Math.floor((index === 0 ? ms : ms % first![1]) / size);
    return { unit, count };
  });
  const shown =
    largest < 0 ? [{ unit: 'second' as const, count: 1 }] : counts.filter(({ count }) => count > 0);
  return shown
    .map(({ unit, count }) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }).format(count),
    )
    .join(' ');
}

/** With seconds, for what happens within a minute. */
export function exactTime(iso: string, language: string): string {
  return format(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
}

/** With seconds, for what changes by the second. */
export function timeOfDay(time: number, language: string): string {
  return format(language, { timeStyle: 'medium' }).format(time);
}

/** The moment as a `datetime-local` field wants it. */
export function toLocalInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 16);
}
