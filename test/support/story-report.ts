import type { Page } from 'playwright-core';

const MAX_LINES = 60;

interface Watched {
  /** Asked for and not answered. */
  unanswered: Set<string>;
  /** Failed, or answered with an error, in order. */
  refused: string[];
}

const watched = new Map<Page, Watched>();

/** Remembers what a page asks for, for the case that its story fails. */
export function watch(page: Page): void {
  const unanswered = new Set<string>();
  const refused: string[] = [];
  page.on('request', (asked) => unanswered.add(asked.url()));
  page.on('requestfinished', (asked) => unanswered.delete(asked.url()));
  page.on('requestfailed', (asked) => {
    unanswered.delete(asked.url());
    refused.push(`${asked.failure()?.errorText ?? 'failed'} ${asked.url()}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('close', () => watched.delete(page));
  watched.set(page, { unanswered, refused });
}

/** What the pages of a story that has failed show at this moment, and what they wait for. */
async function describePages(): Promise<string> {
  const pages = await Promise.all([...watched].map(([page, seen]) => describePage(page, seen)));
  return pages.join('\n');
}

async function describePage(page: Page, { unanswered, refused }: Watched): Promise<string> {
  const shown = await page
    .locator('body')
    .ariaSnapshot({ timeout: 5_000 })
    .catch((error: unknown) => String(error));
  return [
    `--- ${page.url()}`,
    ...shown.split('\n').slice(0, MAX_LINES),
    ...refused.slice(-MAX_LINES).map((line) => `refused: ${line}`),
    ...[...unanswered].map((url) => `unanswered: ${url}`),
  ].join('\n');
}

// The test environment asks for it: only that hears of a failure before the pages are closed.
Object.assign(globalThis, { describePages });
