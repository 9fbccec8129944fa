/**
 * What the widget costs a page before anybody opens it: the same page with and without it, in Chromium, each time by
 * somebody who was never there, against the built server:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/widget-page.ts [--visits 10] [--slowdown 4]
 */
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { CustomerPages } from '../test/support/customer-page.js';
import { register } from '../test/support/people.js';
import { launchChromium } from './chromium.js';
import { percentiles } from './figures.js';
import { startServer } from './server.js';

/** As people have it: what is of another site has a thread of its own. */
const FLAG = '--site-per-process';
const SETTLES_MS = 500;

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '10' },
    /** Of the processor: 4 is a phone of the middle class. */
    slowdown: { type: 'string', default: '4' },
  },
});
const VISITS = Number(values.visits);
const SLOWDOWN = Number(values.slowdown);

interface Figures {
  /** All that the page's own thread did, and the share of scripts in it. The rest are times as people feel them. */
  tasksMs: number;
  scriptsMs: number;
  longestTaskMs: number;
  paintMs: number;
  loadMs: number;
  requests: number;
  kilobytes: number;
}

async function main(): Promise<void> {
  const server = await startServer({});
  const pages = new CustomerPages();
  const browser = await launchChromium(FLAG);
  try {
    const { environment } = await register(server.url);
    const snippet = `<script>
      window.FastLightChat = function () { FastLightChat.q.push(arguments); };
      FastLightChat.q = [];
      FastLightChat('boot', { pluginKey: '${environment.pluginKey}' }, () => { window.isBooted = true; });
    </script><script async src="${server.url}/sdk/loader.js"></script>`;
    const plain = await pages.serve({ html: pageWith('<script>window.isBooted = true</script>') });
    const chatting = await pages.serve({ html: pageWith(snippet) });
    await visit(browser, chatting);
    describe('without', await visits(browser, plain));
    describe('with', await visits(browser, chatting));
  } finally {
    await browser.close();
    pages.stop();
    await server.stop();
  }
}

function pageWith(script: string): string {
  const text = '<p>The first leaves, picked before the spring rain.</p>'.repeat(50);
  return `<!doctype html><html lang="en"><head><title>Shop</title>${script}</head><body><h1>Shop</h1>${text}</body></html>`;
}

async function visits(browser: Browser, address: string): Promise<Figures[]> {
  const all: Figures[] = [];
  for (let count = 0; count < VISITS; count++) all.push(await visit(browser, address));
  return all;
}

async function visit(browser: Browser, address: string): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // The time of the thread, not of the clock on the wall: what else the machine does is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript(`new PerformanceObserver((list) => {
    window.longestTask = Math.max(window.longestTask ?? 0, ...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask', buffered: true })`);
  let requests = 0;
  let bytes = 0;
  page.on('requestfinished', (request) => {
    requests += 1;
    void request.sizes().then(
      ({ responseBodySize, responseHeadersSize }) => (bytes += responseBodySize + responseHeadersSize),
      () => undefined,
    );
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForFunction('window.isBooted');
  await page.waitForTimeout(SETTLES_MS);
  const own = await metricsOf(session);
  const figures = {
    tasksMs: own('TaskDuration') * 1_000,
    scriptsMs: own('ScriptDuration') * 1_000,
    ...(await timesOf(page)),
    requests,
    kilobytes: bytes / 1_024,
  };
  await context.close();
  return figures;
}

async function metricsOf(session: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (name) => metrics.find((one) => one.name === name)?.value ?? 0;
}

function timesOf(page: Page): Promise<Pick<Figures, 'longestTaskMs' | 'paintMs' | 'loadMs'>> {
  return page.evaluate(`({
    longestTaskMs: window.longestTask ?? 0,
    paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    loadMs: performance.getEntriesByType('navigation')[0].loadEventEnd,
  })`);
}

function describe(what: string, all: readonly Figures[]): void {
  const names = Object.keys(all[0] ?? {}) as (keyof Figures)[];
  const figures = names.map((name) => {
    const { p50, max } = percentiles(all.map((one) => one[name]));
    return `${name} ${p50} (at most ${max})`;
  });
  console.log(`${what.padEnd(8)} ${figures.join(', ')}`);
}

await main();
