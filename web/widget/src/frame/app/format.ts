import type { Language } from '../../protocol/messages.js';
import type { Strings } from './strings.js';

const LOCALES: Record<Language, string> = { ko: 'ko-KR', en: 'en-US', ja: 'ja-JP' };

export function timeOf(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: 'numeric', minute: '2-digit' }).format(
    new Date(iso),
  );
}

export function isSameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

export function dayOf(iso: string, language: Language, t: Strings, now = new Date()): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (isSameDay(iso, now.toISOString())) return t.today;
  if (isSameDay(iso, yesterday.toISOString())) return t.yesterday;
  const isThisYear = new Date(iso).getFullYear() === now.getFullYear();
  const year = isThisYear ? undefined : 'numeric';
  const options = { year, month: 'long', day: 'numeric', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(iso));
}

/** For a list: the time today, the date before. */
export function whenOf(iso: string, language: Language): string {
  if (isSameDay(iso, new Date().toISOString())) return timeOf(iso, language);
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'short', day: 'numeric' }).format(new Date(iso));
}

const DAY_MS = 86_400_000;

/** Of a moment to come: as little of it as says when it is. */
export function soonOf(iso: string, language: Language, now = new Date()): string {
  const time = timeOf(iso, language);
  if (isSameDay(iso, now.toISOString())) return time;
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(iso));
  const isNear = Date.parse(iso) - now.getTime() < 6 * DAY_MS;
  // Not in one: Korean and Japanese would have the weekday in brackets.
  if (isNear) return `${format({ weekday: 'long' })} ${time}`;
  return format({ month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' });
}

export function initialOf(name: string): string {
  return (Array.from(name.trim())[0] ?? '?').toUpperCase();
}

const KILO = 1024;
const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** As the limits are set: a megabyte is 1024 kilobytes. */
export function sizeOf(bytes: number, language: Language): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KILO)));
  // In short, English would have said "2 byte".
  const unitDisplay = step === 0 ? 'long' : 'short';
  const format = { style: 'unit', unit: UNITS[step], unitDisplay, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(LOCALES[language], format as Intl.NumberFormatOptions).format(
    bytes / KILO ** step,
  );
}
