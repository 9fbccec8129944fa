import { describe, expect, it } from '@jest/globals';
import {
  completeSettings,
  defaultSettings,
  isOriginAllowed,
  mergeSettings,
  originFrom,
} from './environment.js';

const LIMITS = { messagesPerMinute: 60, anonymousMessagesPerMinute: 20, typingPerMinute: 10 };

describe(originFrom.name, () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://Shop.Example/', 'https://shop.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
  ])('takes %s', (text, origin) => {
    expect(originFrom(text)).toBe(origin);
  });

  it.each([
    'shop.example',
    'https://shop.example/path',
    'https://u:p@shop.example',
    'ftp://shop.example',
    '*',
    'null',
  ])('refuses %s', (text) => {
    expect(originFrom(text)).toBeNull();
  });
});

describe(isOriginAllowed.name, () => {
  const own = 'https://chat.example';
  const allowed = ['https://shop.example'];

  it('admits every origin while there is no list', () => {
    expect(isOriginAllowed([], own, ['https://anywhere.example'])).toBe(true);
  });

  it('wants every origin named to be on the list or its own', () => {
    expect(isOriginAllowed(allowed, own, ['https://shop.example', undefined])).toBe(true);
    expect(isOriginAllowed(allowed, own, [own, 'https://shop.example'])).toBe(true);
    expect(isOriginAllowed(allowed, own, [own, 'https://evil.example'])).toBe(false);
    expect(isOriginAllowed(allowed, own, ['https://evil.example', 'https://shop.example'])).toBe(false);
    expect(isOriginAllowed(allowed, own, ['null'])).toBe(false);
  });

  it('has nothing to say of calls from outside browsers', () => {
    expect(isOriginAllowed(allowed, own, [undefined, undefined])).toBe(true);
  });
});

describe(completeSettings.name, () => {
  it('knows what was stored before there was moderation, and a size for files', () => {
    const { moderation, files, ...earlier } = defaultSettings('Shop', LIMITS);
    expect(completeSettings(earlier)).toEqual({ ...earlier, moderation, files });
    const chosen = {
      ...earlier,
      moderation: { bannedWords: ['spam'], action: 'hold' as const },
      files: { maxBytes: 2_048 },
    };
    expect(completeSettings(chosen)).toEqual(chosen);
  });

  it('gives a widget that was stored before there was more to choose what is chosen for a new one', () => {
    const { officeHours, ...fresh } = defaultSettings('Shop', LIMITS);
    const { color, title } = { color: '#0f766e', title: 'Shop' };
    const greeting = { ko: '어서 오세요', en: 'Welcome' };
    const completed = completeSettings({ ...fresh, widget: { color, position: 'left', title, greeting } });
    expect(completed.widget).toEqual({
      ...fresh.widget,
      color,
      position: 'left',
      greeting: { ...greeting, ja: fresh.widget.greeting.ja },
    });
    expect(completed.officeHours).toEqual(officeHours);
  });

  it('goes on refusing what was refused before it could be held', () => {
    const stored = { ...defaultSettings('Shop', LIMITS), moderation: { bannedWords: ['spam'] } };
    expect(completeSettings(stored).moderation).toEqual({ bannedWords: ['spam'], action: 'refuse' });
  });
});

describe(mergeSettings.name, () => {
  it('changes only what is named', () => {
    const present = defaultSettings('Shop', LIMITS);
    const merged = mergeSettings(present, {
      widget: { greeting: { en: 'Hi' } },
      limits: { typingPerMinute: 5 },
    });
    expect(merged.widget).toEqual({ ...present.widget, greeting: { ...present.widget.greeting, en: 'Hi' } });
    expect(merged.limits).toEqual({ ...LIMITS, typingPerMinute: 5 });
    const agreed = mergeSettings(merged, {
      widget: { consent: { text: { ja: '同意' } }, launcherText: 'Help' },
    });
    expect(agreed.widget).toEqual({
      ...merged.widget,
      launcherText: 'Help',
      consent: {
        ...present.widget.consent,
        text: { ...present.widget.consent.text, ja: '同意' },
      },
    });
    expect(mergeSettings(agreed, { widget: { launcherText: null } }).widget.launcherText).toBeNull();
    const { officeHours } = mergeSettings(present, {
      officeHours: { enabled: true, holidays: ['2026-12-25'] },
    });
    expect(officeHours).toEqual({ ...present.officeHours, enabled: true, holidays: ['2026-12-25'] });
    expect(merged.moderation).toEqual({ bannedWords: [], action: 'refuse' });
    const smaller = mergeSettings(present, { files: { maxBytes: 2_048 } });
    expect(smaller.files).toEqual({ maxBytes: 2_048 });
    expect(mergeSettings(smaller, { files: {} }).files).toEqual({ maxBytes: 2_048 });
    expect(mergeSettings(smaller, { files: { maxBytes: null } }).files).toEqual({ maxBytes: null });
    expect(mergeSettings(present, { moderation: { bannedWords: ['spam'] } })).toEqual({
      ...present,
      moderation: { bannedWords: ['spam'], action: 'refuse' },
    });
  });
});
