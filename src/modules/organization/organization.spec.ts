import { describe, expect, it } from '@jest/globals';
import { slugCandidates, slugFrom } from './organization.js';

describe(slugFrom.name, () => {
  it.each([
    ['Blue Bottle', 'blue-bottle'],
    ['  Café & Söhne GmbH! ', 'cafe-sohne-gmbh'],
    ['카페 Blue 서울', 'blue'],
    ['x'.repeat(80), 'x'.repeat(48)],
  ])('makes %j readable', (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });

  it.each(['서울 카페', '!!', 'a'])('gives up on %j', (name) => {
    expect(slugFrom(name)).toBeNull();
  });
});

describe(slugCandidates.name, () => {
  it('tries the plain one first', () => {
    expect(slugCandidates('Blue', () => 'r4nd')).toEqual(['blue', 'blue-r4nd', 'blue-r4nd', 'blue-r4nd']);
  });

  it('has something for names without Latin letters', () => {
    expect(slugCandidates('서울', () => 'r4nd')[0]).toBe('team-r4nd');
  });
});
