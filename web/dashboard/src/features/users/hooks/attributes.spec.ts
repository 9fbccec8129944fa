import { describe, expect, it } from 'vitest';
import { attributeChanges, attributesOf } from './attributes';

const PROFILE = {
  name: 'Minjun',
  email: null,
  phone: '010',
  avatarUrl: null,
  plan: 'pro',
  seats: 3,
  isPaying: true,
};

describe(attributesOf, () => {
  it('leaves out what stands elsewhere', () => {
    expect(attributesOf(PROFILE).map(({ name }) => name)).toEqual(['plan', 'seats', 'isPaying']);
  });
});

describe(attributeChanges, () => {
  it('sends nothing when nothing has changed', () => {
    expect(attributeChanges(PROFILE, attributesOf(PROFILE))).toEqual({});
  });

  it('sends what is new, changed and taken away, in the kind that it is', () => {
    const rows = [
      { name: ' plan ', value: 'team' },
      { name: 'seats', value: '3' },
      { name: 'code', value: '007' },
      { name: 'discount', value: '-2.5' },
      { name: 'isNew', value: 'false' },
      { name: '', value: 'lost' },
    ];
    expect(attributeChanges(PROFILE, rows)).toEqual({
      plan: 'team',
      code: '007',
      discount: -2.5,
      isNew: false,
      isPaying: null,
    });
  });
});
