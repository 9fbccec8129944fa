import { describe, expect, it } from '@jest/globals';
import { mirrorIn } from './glibc.js';

describe(mirrorIn.name, () => {
  it('reads one-line sources, with and without options', () => {
    expect(mirrorIn('deb http://mirror.example/debian bookworm main contrib', 'bookworm')).toBe(
      'http://mirror.example/debian',
    );
    const signed = 'deb [arch=amd64 signed-by=/some/key.gpg] https://mirror.example/debian bookworm main';
    expect(mirrorIn(signed, 'bookworm')).toBe('https://mirror.example/debian');
  });

  it('reads stanzas in any order of fields', () => {
    const sources = [
      'Types: deb\nURIs: http://security.example/debian\nSuites: bookworm-security\nComponents: main',
      'Types: deb\nSuites: bookworm bookworm-updates\nComponents: main\nURIs: http://mirror.example/debian http://b',
    ];
    expect(mirrorIn(sources.join('\n\n'), 'bookworm')).toBe('http://mirror.example/debian');
  });

  it.each([
    ['a comment', '# deb http://mirror.example/debian bookworm main'],
    ['another suite', 'deb http://mirror.example/debian bookworm-security main'],
    ['a source that lacks main', 'deb https://packages.example bookworm stable'],
    [
      'a stanza of another distribution',
      'Types: deb\nURIs: https://packages.example\nSuites: nodistro\nComponents: main',
    ],
  ])('does not take %s for the mirror', (_, sources) => {
    expect(mirrorIn(sources, 'bookworm')).toBeUndefined();
  });
});
