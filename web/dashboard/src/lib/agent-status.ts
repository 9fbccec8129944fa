import type { TFunction } from 'i18next';
import { listTime } from './time';
import type { AgentView } from './wire';

type Status = Pick<AgentView, 'statusText' | 'statusEmoji' | 'statusExpiresAt'>;

/** What an agent says of themselves, in one line; null when it is nothing, or over before the server says so. */
export function statusLine(status: Status, t: TFunction, language: string, now = Date.now()): string | null {
  const { statusText, statusEmoji, statusExpiresAt } = status;
  if (statusExpiresAt && Date.parse(statusExpiresAt) <= now) return null;
  const said = [statusEmoji, statusText].filter(Boolean).join(' ');
  if (!said || !statusExpiresAt) return said || null;
  return `${said} · ${t('presence.until', { time: listTime(statusExpiresAt, language, now) })}`;
}

export const STATUS_ENDS = ['never', 'halfHour', 'hour', 'today', 'week'] as const;
export type StatusEnd = (typeof STATUS_ENDS)[number];

const MINUTE_MS = 60_000;

/** In local time; a week ends on Sunday. */
export function endOfStatus(end: StatusEnd, now: Date): Date | null {
  switch (end) {
    case 'never':
      return null;
    case 'halfHour':
      return new Date(now.getTime() + 30 * MINUTE_MS);
    case 'hour':
      return new Date(now.getTime() + 60 * MINUTE_MS);
    case 'today':
      return endOfDay(now, 0);
    case 'week':
      return endOfDay(now, (7 - now.getDay()) % 7);
  }
}

function endOfDay(now: Date, daysLater: number): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + daysLater);
  day.setHours(23, 59, 59, 999);
  return day;
}
