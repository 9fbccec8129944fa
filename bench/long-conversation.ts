/**
 * What a very long conversation costs in the dashboard: scrolls up through all its pages in Chromium, and down to the
 * end again, against the built server:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/long-conversation.ts [--messages 10000] [--step 120]
 */
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { MessageDocument } from '../src/modules/chat/persistence/message.schema.js';
import { describeFrames, launchChromium } from './chromium.js';
import { beginLong, fillLong, type LongConversation } from './long-history.js';
import { startServer } from './server.js';

const MINUTE_MS = 60_000;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    /** Pixels a frame: 120 is a hand that turns the wheel as fast as it can. */
    step: { type: 'string', default: '120' },
  },
});
const MESSAGES = Number(values.messages);
const STEP = Number(values.step);

async function main(): Promise<void> {
  const server = await startServer({});
  const connection = mongoose.createConnection(server.mongodbUrl, { autoIndex: false });
  const browser = await launchChromium('--enable-precise-memory-info');
  try {
    await connection.asPromise();
    const long = await beginLong(server.url);
    await fillLong(connection, long.conversation, MESSAGES, varied);
    await measure(browser, server.url, long);
  } finally {
    await browser.close();
    await connection.close();
    await server.stop();
  }
}

/** Two people in turns, over months; code, lists and long texts among short ones. */
function varied(seq: number, { sender, createdAt }: MessageDocument): Partial<MessageDocument> {
  const mate = { ...sender, id: `${sender.id}-mate`, name: 'Haneul' };
  const at = new Date(createdAt.getTime() - (MESSAGES - seq) * 17 * MINUTE_MS);
  const content =
    seq % 25 === 0
      ? `\`\`\`ts\nconst seq = ${seq};\nexport const next = () => seq + 1;\n\`\`\``
      : seq % 10 === 0
        ? `**${seq}번째** 메시지입니다.\n- 첫째 줄\n- 둘째 줄 https://example.com/${seq}`
        : undefined;
  return { sender: seq % 7 < 3 ? mate : sender, createdAt: at, ...(content && { content }) };
}

async function measure(browser: Browser, url: string, { email, password, conversation }: LongConversation) {
  const page = await browser.newPage({ locale: 'ko-KR', viewport: { width: 1280, height: 800 } });
  const figures = await page.context().newCDPSession(page);
  await figures.send('Performance.enable');
  await page.goto(`${url}/dashboard/team/${conversation.id}`);
  await page.getByLabel('이메일').fill(email);
  await page.getByLabel('비밀번호', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.locator('[data-message-id]').last().waitFor();
  await report(figures, 'newest page');
  describeFrames('up', await scroll(page, -STEP));
  await report(figures, 'at the beginning');
  describeFrames('down', await scroll(page, STEP));
  await report(figures, 'at the end again');
}

/** Run in the page: text, since there is no document here. Answers how long each frame took. */
function scroll(page: Page, step: number): Promise<number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const box = [...document.querySelectorAll('[role=region][tabindex="0"]')].at(-1);
    const frames = [];
    let still = 0;
    let before = performance.now();
    const frame = () => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      const top = box.scrollTop;
      const height = box.scrollHeight;
      box.scrollTop = top + (${step});
      // At the edge with nothing coming any more.
      still = box.scrollTop === top && box.scrollHeight === height ? still + (frames.at(-1) ?? 0) : 0;
      if (still > 3_000) resolve(frames);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
}

async function report(figures: CDPSession, when: string): Promise<void> {
  await figures.send('HeapProfiler.collectGarbage');
  const { metrics } = await figures.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const heap = (of('JSHeapUsedSize') / 1_048_576).toFixed(1);
  console.log(
    `${when.padEnd(18)} JS heap ${heap} MB, ${of('Nodes')} nodes, ${of('JSEventListeners')} listeners`,
  );
}

await main();
