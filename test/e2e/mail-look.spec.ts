import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { layOut, type MailText } from '../../src/infrastructure/mail/mail-layout.js';
import { invitationMail, passwordResetMail } from '../../src/modules/auth/auth-mails.js';
import { composeAwayMail } from '../../src/modules/chat/away-mail.js';
import { composeDigestMail } from '../../src/modules/chat/notification/digest-mail.js';
import { disabledMail } from '../../src/modules/webhook/webhook-notice-mail.js';
import { describeInBrowser, launchBrowser, LOOKS, openPage, picture, type Look } from '../support/browser.js';

const READABLE = 4.5;
const LINK = `https://chat.example/dashboard/invitation#token=${'0193a2f7c1'.repeat(12)}`;

/** In a file of its own, as the browser's names are not known here. */
const READER = readFileSync(join(process.cwd(), 'test/support/mail-reader.js'), 'utf8');

interface Seen {
  lang: string;
  title: string;
  scrollWidth: number;
  cardWidth: number;
  links: { text: string; href: string }[];
  pictures: string[];
  contrasts: { text: string; ratio: number }[];
  isDark: boolean;
}

type Language = 'ko' | 'en';

const MAILS: [name: string, make: (language: Language) => MailText][] = [
  ['invitation', (language) => invitationMail(language, { organizationName: '달빛 상점 & Co.', link: LINK })],
  ['password-reset', (language) => passwordResetMail(language, { link: LINK })],
  [
    'away',
    (language) =>
      composeAwayMail({
        to: 'kim@shop.example',
        language,
        title: '달빛 상점',
        lines: [
          { name: '박지우', text: '교환 접수되었습니다.\n내일 수거하러 갑니다.' },
          { name: 'Jiwoo <b>', text: 'a'.repeat(300) },
        ],
        link: LINK,
        messageId: '<a@b>',
      }),
  ],
  [
    'digest',
    (language) =>
      composeDigestMail({
        to: 'jiwoo@shop.example',
        language,
        sections: ['김민지', 'Order 1042'].map((title, index) => ({
          title,
          link: LINK,
          count: 1 + index * 5,
          lines: [{ name: title, text: '언제 도착하나요?' }],
        })),
        messageId: '<d@b>',
      }),
  ],
  [
    'webhook-disabled',
    (language) =>
      disabledMail(language, {
        name: '주문 시스템',
        url: 'https://shop.example/hooks',
        reason: 'failing',
        link: LINK,
      }),
  ],
  [
    'plain',
    (language) =>
      layOut({
        language,
        subject: 'x',
        heading: 'x'.repeat(200),
        button: { label: 'Open', link: LINK },
        footer: '-',
      }),
  ],
];

describeInBrowser('mails', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);

  afterAll(() => browser.close());

  async function opened(look: Look, { html }: MailText): Promise<{ page: Page; asked: string[] }> {
    const page = await openPage(browser, 'about:blank', look, []);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(html);
    return { page, asked };
  }

  const cases = LOOKS.flatMap((look) => MAILS.map(([name, make]) => ({ look, name, make })));

  it.each(cases)('can be read: $name in $look.name', async ({ look, name, make }) => {
    const language = look.locale.startsWith('ko') ? 'ko' : 'en';
    const mail = make(language);
    const { page, asked } = await opened(look, mail);
    await picture(page, `mail-${name}-${look.name}`);
    const seen = await page.evaluate<Seen>(READER);
    expect(asked).toEqual([]);
    expect({ lang: seen.lang, title: seen.title }).toEqual({ lang: language, title: mail.subject });
    expect(seen.scrollWidth).toBeLessThanOrEqual(look.viewport.width);
    expect(seen.cardWidth).toBeLessThanOrEqual(600);
    expect(seen.links).toHaveLength(2);
    for (const { text, href } of seen.links)
      expect([text.trim(), href]).toEqual([expect.stringMatching(/\S/), LINK]);
    expect(seen.pictures).toEqual([]);
    expect(seen.contrasts.length).toBeGreaterThan(4);
    for (const { text, ratio } of seen.contrasts) expect([text, ratio >= READABLE]).toEqual([text, true]);
    expect(seen.isDark).toBe(look.colorScheme === 'dark');
    await page.context().close();
  });
});
