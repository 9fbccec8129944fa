import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { endOfStatus, statusLine } from './agent-status';

const FRIDAY = new Date(2026, 10, 20, 12, 0);
const t = ((_key: string, { time }: { time: string }) => `until ${time}`) as unknown as TFunction;

describe('the end of a status', () => {
  it('is at the end of the day or of the week', () => {
    expect(endOfStatus('never', FRIDAY)).toBeNull();
    expect(endOfStatus('halfHour', FRIDAY)).toEqual(new Date(2026, 10, 20, 12, 30));
    expect(endOfStatus('today', FRIDAY)).toEqual(new Date(2026, 10, 20, 23, 59, 59, 999));
    expect(endOfStatus('week', FRIDAY)).toEqual(new Date(2026, 10, 22, 23, 59, 59, 999));
    expect(endOfStatus('week', new Date(2026, 10, 22, 12))).toEqual(new Date(2026, 10, 22, 23, 59, 59, 999));
  });
});

describe(statusLine.name, () => {
  const line = (status: { statusText?: string; statusEmoji?: string; statusExpiresAt?: Date }) =>
    statusLine(
      {
        statusText: status.statusText ?? null,
        statusEmoji: status.statusEmoji ?? null,
        statusExpiresAt: status.statusExpiresAt?.toISOString() ?? null,
      },
      t,
      'en',
      FRIDAY.getTime(),
    );

  it('says emoji, words and until when', () => {
    expect(line({})).toBeNull();
    expect(line({ statusEmoji: '🍜' })).toBe('🍜');
    expect(
      line({ statusEmoji: '🍜', statusText: 'Lunch', statusExpiresAt: new Date(2026, 10, 20, 13) }),
    ).toMatch(/^🍜 Lunch · until 1:00.PM$/);
  });

  it('says nothing that is over', () => {
    expect(line({ statusText: 'Lunch', statusExpiresAt: FRIDAY })).toBeNull();
  });
});
