import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, jest } from '@jest/globals';
import { chromium, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { PASSWORD } from './people.js';
import { watch } from './story-report.js';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));
/** A machine without a browser can run all else; where changes are taken, there has to be one. */
export const describeInBrowser = CHROMIUM || process.env.CI ? describe : describe.skip;
// A browser on a shared machine can fail by itself: there a story has a second try, which `npm test` names at its end.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
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

export interface Look {
  name: string;
  locale: string;
  colorScheme: 'light' | 'dark';
  viewport: { width: number; height: number };
}

export const LOOKS: Look[] = [
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
export type Words = (typeof WORDS)['ko'];

/** What the controls are called in the look's language. */
export function wordsOf({ locale }: Look): Words {
  return locale.startsWith('ko') ? WORDS.ko : WORDS.en;
}

export async function launchBrowser(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('There is no Chromium here; install it or set CHROMIUM_PATH');
  // Without a character set a browser gives no file a name of more than ASCII.
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } as Record<string, string>;
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, env });
}

/** A page of somebody of its own; what the browser complains of is collected. */
export async function openPage(
  browser: Browser,
  address: string,
  { locale, colorScheme, viewport }: Look,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({ locale, colorScheme, viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  watch(page);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  return page;
}

/** A picture says more than a failed assertion; both are kept. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

export async function logIn(page: Page, email: string, words: Words): Promise<void> {
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

export async function write(where: Page | FrameLocator, label: string, text: string): Promise<Locator> {
  const field = where.getByRole('textbox', { name: label, exact: true });
  await field.fill(text);
  await field.press('Enter');
  return where.getByText(text).last();
}
