import { describe, expect, it } from '@jest/globals';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import { cleanProfile, EMPTY_PROFILE, mergeProfile } from './user-profile.js';

function faultsOf(changes: object): string[] {
  try {
    cleanProfile(changes);
    return [];
  } catch (error) {
    return ((error as ValidationFailed).details as { path: string }[]).map(({ path }) => path);
  }
}

describe(cleanProfile.name, () => {
  it('takes known fields and flat attributes, trimmed, and empty texts as null', () => {
    const given = {
      name: ' Kim ',
      email: 'kim@shop.example',
      phone: '',
      plan: 'pro',
      seats: 3,
      vip: true,
      등급: '골드',
    };
    expect(cleanProfile(given)).toEqual({ ...given, name: 'Kim', phone: null });
  });

  it('names the path of each fault', () => {
    const given = { email: 'nobody', phone: 'call me', avatarUrl: 'http://shop.example/a.png', name: 7 };
    expect(faultsOf(given)).toEqual(['profile.email', 'profile.phone', 'profile.avatarUrl', 'profile.name']);
  });

  it('refuses what is not flat, too long or strangely named', () => {
    const given = { address: { city: 'Seoul' }, list: [1], note: 'x'.repeat(501), 'a.b': 1, nan: NaN };
    expect(faultsOf(given)).toEqual([
      'profile.address',
      'profile.list',
      'profile.note',
      'profile.a.b',
      'profile.nan',
    ]);
  });
});

describe(mergeProfile.name, () => {
  it('keeps what is not named and takes away what is null', () => {
    const profile = { ...EMPTY_PROFILE, name: 'Kim', plan: 'pro' };
    expect(mergeProfile(profile, { plan: null, name: null, seats: 3 })).toEqual({
      ...EMPTY_PROFILE,
      seats: 3,
    });
  });

  it('refuses more than fifty attributes, also when they come one by one', () => {
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`a${number}`, number]));
    const full = mergeProfile(EMPTY_PROFILE, fifty);
    expect(() => mergeProfile(full, { one: 1 })).toThrow(ValidationFailed);
    expect(() => mergeProfile(full, { a0: 'changed' })).not.toThrow();
  });
});
