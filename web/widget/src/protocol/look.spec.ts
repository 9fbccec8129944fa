import { describe, expect, it } from 'vitest';
import { aBoot } from '../../test/fixtures.js';
import { PLAIN, wear } from '../frame/wear.js';
import { lookOf } from './look.js';
import type { Appearance, Language } from './messages.js';

interface Fields {
  language?: Language;
  appearance?: Appearance | null;
}

function aState(settings: object, { language = 'en', appearance = null }: Fields = {}) {
  return { settings: { ...aBoot().environment.settings, ...settings }, language, appearance };
}

describe(lookOf.name, () => {
  it('is as the settings say, readable on any colour', () => {
    const look = lookOf(
      aState({ color: '#f5d90a', position: 'left', spacing: { side: 4, bottom: 90 }, launcherText: 'Ask' }),
      false,
    );
    expect(look).toMatchObject({
      color: '#f5d90a',
      onColor: '#111318',
      position: 'left',
      side: 4,
      bottom: 90,
      launcherText: 'Ask',
      title: 'Tea House',
    });
  });

  it('is there before the settings are, in the language of the visitor', () => {
    expect(lookOf({ settings: PLAIN, language: 'ja', appearance: null }, false)).toMatchObject({
      color: '#2f6bff',
      words: { open: 'チャットを開く' },
    });
  });

  it.each([
    ['the page', 'dark', 'light', false, true],
    ['the settings', null, 'dark', false, true],
    ['the settings', null, 'light', true, false],
    ['the device', null, 'system', true, true],
    ['the device, as the page wants', 'system', 'dark', false, false],
  ] as const)('is dark when %s says so', (_who, appearance, theme, matches, isDark) => {
    expect(lookOf(aState({ theme }, { appearance }), matches).isDark).toBe(isDark);
  });

  it('is worn by the frame too', () => {
    wear(lookOf(aState({ theme: 'dark' }), false));
    const { classList, style } = document.documentElement;
    expect(classList.contains('dark')).toBe(true);
    expect(style.getPropertyValue('--accent')).toBe('#3d6b45');
  });
});
