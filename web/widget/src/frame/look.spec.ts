import { describe, expect, it } from 'vitest';
import { aBoot } from '../../test/fixtures.js';
import { lookOf, wear } from './look.js';
import type { SessionState } from './session.js';

function aState(settings: object | null, fields: Partial<SessionState> = {}): SessionState {
  const boot = aBoot();
  boot.environment.settings = { ...boot.environment.settings, ...settings };
  return { language: 'en', appearance: null, boot: settings && boot, ...fields } as SessionState;
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
    expect(lookOf(aState(null, { language: 'ja' }), false)).toMatchObject({
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
