import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { startCluster, type Cluster } from '../support/app.js';
import { PASSWORD, register } from '../support/people.js';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));
/** A machine without a browser can run all else; where changes are taken, there has to be one. */
const describeInBrowser = CHROMIUM || process.env.CI ? describe : describe.skip;
const PICTURES = join(process.cwd(), 'ci-output/screenshots');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

interface Look {
  name: string;
  locale: string;
  colorScheme: 'light' | 'dark';
  viewport: { width: number; height: number };
}

const LOOKS: Look[] = [
  { name: 'ko-light-desktop', locale: 'ko-KR', colorScheme: 'light', viewport: DESKTOP },
  { name: 'en-dark-desktop', locale: 'en-US', colorScheme: 'dark', viewport: DESKTOP },
  { name: 'ko-dark-phone', locale: 'ko-KR', colorScheme: 'dark', viewport: PHONE },
  { name: 'en-light-phone', locale: 'en-US', colorScheme: 'light', viewport: PHONE },
];

const WORDS = {
  ko: {
    openChat: /채팅 열기/,
    message: '메시지',
    answer: '메시지 작성',
    password: '비밀번호',
    email: '이메일',
  },
  en: {
    openChat: /Open chat/,
    message: 'Message',
    answer: 'Write a message',
    password: 'Password',
    email: 'E-mail',
  },
};

/** A picture says more than a failed assertion; both are kept. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

describeInBrowser('a visitor in the widget and an agent in the dashboard', () => {
  let cluster: Cluster;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    if (!CHROMIUM) throw new Error('There is no Chromium here; install it or set CHROMIUM_PATH');
    cluster = await startCluster(2);
    url = cluster.nodes[0]!.url;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await cluster.stop();
  });

  /** A page of somebody of its own; whatever the browser complains of fails the story. */
  async function open(address: string, look: Look, complaints: string[]): Promise<Page> {
    const { locale, colorScheme, viewport } = look;
    const context = await browser.newContext({ locale, colorScheme, viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    return page;
  }

  async function logIn(page: Page, email: string, words: (typeof WORDS)['ko']): Promise<void> {
    await page.getByLabel(words.email).fill(email);
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
  }

  async function write(where: Page | FrameLocator, label: string, text: string): Promise<Locator> {
    const field = where.getByRole('textbox', { name: label, exact: true });
    await field.fill(text);
    await field.press('Enter');
    return where.getByText(text).last();
  }

  it.each(LOOKS)(
    'talk to each other: $name',
    async (look) => {
      const words = look.locale.startsWith('ko') ? WORDS.ko : WORDS.en;
      const complaints: string[] = [];
      const { environment, agent } = await register(url, 'Moru Tea');

      const shop = await open(`${url}/widget?pluginKey=${environment.pluginKey}`, look, complaints);
      await shop.getByRole('button', { name: words.openChat }).first().click();
      const widget = shop.frameLocator('iframe');
      const question = await write(widget, words.message, '우전은 언제 다시 들어오나요?');
      await question.waitFor();

      // The agent is on the other node.
      const dashboard = await open(`${cluster.nodes[1]!.url}/dashboard`, look, complaints);
      await logIn(dashboard, agent.email, words);
      await dashboard.getByText('우전은 언제 다시 들어오나요?').first().click();
      const answer = await write(dashboard, words.answer, '다음 주 화요일에 들어옵니다.');
      await answer.waitFor();
      await widget.getByText('다음 주 화요일에 들어옵니다.').last().waitFor();

      await (await write(widget, words.message, '고맙습니다!')).waitFor();
      await dashboard.getByText('고맙습니다!').last().waitFor();
      await picture(shop, `widget-${look.name}`);
      await picture(dashboard, `conversation-${look.name}`);

      await shop.reload();
      await shop.getByRole('button', { name: words.openChat }).first().click();
      await shop.frameLocator('iframe').getByText('다음 주 화요일에 들어옵니다.').last().waitFor();
      expect(complaints).toEqual([]);
      await Promise.all([shop.context().close(), dashboard.context().close()]);
    },
    60_000,
  );
});
