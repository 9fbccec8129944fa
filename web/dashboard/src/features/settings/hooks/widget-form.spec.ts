import { describe, expect, it } from 'vitest';
import { anEnvironment } from '../../../test/factories';
import { fromForm, isHttpsAddress, toForm } from './widget-form';

const { widget } = anEnvironment().settings;

describe(toForm, () => {
  it.each([
    ['with nothing that is optional', widget],
    [
      'with everything',
      {
        ...widget,
        launcherText: 'Ask us',
        replyTime: 'hours' as const,
        consent: { ...widget.consent, required: true, url: 'https://shop.example/privacy' },
        preChat: {
          enabled: true,
          fields: [
            { key: 'name' as const, required: false },
            { key: 'phone' as const, required: true },
          ],
        },
      },
    ],
  ])('and back gives the same settings, %s', (_, settings) => {
    expect(fromForm(toForm(settings))).toEqual(settings);
  });
});

describe(isHttpsAddress, () => {
  it('takes nothing that would run in the page', () => {
    expect(isHttpsAddress('https://shop.example/privacy')).toBe(true);
    expect(['javascript:alert(1)', 'http://shop.example', 'shop.example'].some(isHttpsAddress)).toBe(false);
  });
});
