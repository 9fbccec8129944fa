import { describe, expect, it } from 'vitest';
import { twoUnits } from './time';

const SECOND = 1_000;
const HOUR = 3_600_000;

describe('twoUnits', () => {
  it('says how long in the two largest units of which there is something', () => {
    const said = (ms: number, language = 'en') => twoUnits(ms, language);
    expect(said(95 * SECOND)).toBe('1m 35s');
    expect(said(2 * HOUR)).toBe('2h');
    expect(said(2 * HOUR + 59 * SECOND)).toBe('2h');
    expect(said(26 * HOUR)).toBe('1d 2h');
    expect(said(95 * SECOND, 'ko')).toBe('1분 35초');
  });

  it('calls what is over in no time a second', () => {
    expect([twoUnits(0, 'en'), twoUnits(300, 'en')]).toEqual(['1s', '1s']);
  });
});
