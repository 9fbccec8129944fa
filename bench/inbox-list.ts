/**
 * What an inbox of very many conversations costs the dashboard: each fact by itself, then in Chromium against the built
 * server, scrolled from end to end and with messages coming in all over it:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/inbox-list.ts [--conversations 50000] [--facts-only]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import type { ConversationView, CreatedConversation } from '../src/contracts/chat.js';
import type { RegistrationView } from '../src/contracts/tenants.js';
import type { BootView } from '../src/contracts/users.js';
import { describeFrames, launchChromium } from './chromium.js';
import { percentiles } from './figures.js';
import { post } from './post.js';
import { startServer } from './server.js';

interface Pages {
  pages: { items: ConversationView[]; nextCursor: string | null }[];
  pageParams: null[];
}

interface Fact {
  type: 'changed';
  conversation: ConversationView;
}

/** The dashboard's own; its modules are resolved by its bundler, so that types are said here. */
interface ListModule {
  allConversations: (pages: Pages) => ConversationView[];
  reduceConversationPages: (pages: Pages, filter: object, fact: Fact, selfId: string) => Pages;
}
const LIST = '../web/dashboard/src/lib/conversations/conversation-list.ts';
const { allConversations, reduceConversationPages } = (await import(LIST)) as ListModule;

const PAGE = 50;
const FEW = 500;
const FACTS = 2_000;
const BATCH = 2_000;
const MESSAGES = 200;
/** Pixels a frame: a hand that turns the wheel as fast as it can, and one that pulls the bar. */
const WHEEL = 120;
const WHEEL_FRAMES = 300;
const FLING = 1_200;
const PASSWORD = 'correct horse battery';
const FILTER = { kind: 'support', status: 'open' } as const;

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '50000' },
    'facts-only': { type: 'boolean', default: false },
  },
});
const MANY = Number(values.conversations);

async function main(): Promise<void> {
  compareFacts();
  if (values['facts-only']) return;
  const server = await startServer({});
  const connection = mongoose.createConnection(server.mongodbUrl, { autoIndex: false });
  const browser = await launchChromium();
  try {
    await connection.asPromise();
    const inbox = await fill(server.url, connection);
    await measure(browser, server.url, inbox);
  } finally {
    await browser.close();
    await connection.close();
    await server.stop();
  }
}

/** Of a list a hundred times as long, a fact should cost nearly the same. */
function compareFacts(): void {
  const kinds = { 'a message': aMessage, 'a change': aChange } as const;
  for (const [name, factOf] of Object.entries(kinds)) {
    const [few, many] = [medianOf(FEW, factOf), medianOf(MANY, factOf)];
    const [short, long] = [few, many].map((ms) => (ms * 1_000).toFixed(0));
    console.log(
      `${name.padEnd(10)} ${FEW}: ${short} us, ${MANY}: ${long} us, ${(many / few).toFixed(1)} times`,
    );
  }
  const pages = pagesOf(MANY);
  const times = Array.from({ length: 20 }, () => timeOf(() => allConversations({ ...pages })));
  console.log(`one list of all pages, once for each change that is drawn: p50 ${percentiles(times).p50} ms`);
}

function medianOf(count: number, factOf: (one: ConversationView, at: number) => Fact): number {
  let pages = pagesOf(count);
  const times = Array.from({ length: FACTS }, (_, index) => {
    const all = pages.pages[(index * 7_919) % pages.pages.length]!.items;
    const fact = factOf(all[index % all.length] ?? view(0, count), index);
    return timeOf(() => (pages = reduceConversationPages(pages, FILTER, fact, 'agent-1')));
  });
  return times.toSorted((a, b) => a - b)[FACTS / 2]!;
}

function timeOf(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function aMessage(held: ConversationView, at: number): Fact {
  const createdAt = new Date(Date.UTC(2027, 0, 1) + at).toISOString();
  const lastMessage = { ...held.lastMessage!, seq: held.headSeq + 1, createdAt };
  const conversation = { ...held, headSeq: held.headSeq + 1, lastMessage, updatedAt: createdAt };
  return { type: 'changed', conversation: { ...conversation, unread: undefined } };
}

function aChange(held: ConversationView, at: number): Fact {
  const updatedAt = new Date(Date.UTC(2027, 0, 1) + at).toISOString();
  return { type: 'changed', conversation: { ...held, priority: 'high', updatedAt } };
}

function pagesOf(count: number): Pages {
  const pages = Array.from({ length: count / PAGE }, (_, page) => ({
    items: Array.from({ length: PAGE }, (_item, index) => view(page * PAGE + index, count)),
    nextCursor: null,
  }));
  return { pages, pageParams: pages.map(() => null) };
}

function view(number: number, count: number): ConversationView {
  const at = new Date(Date.UTC(2026, 0, 1) + (count - number) * 1_000).toISOString();
  const user = { type: 'user', id: `user-${number}`, name: `User ${number}`, avatarUrl: null } as const;
  const lastMessage = {
    ...{ id: randomUUID(), seq: 1, type: 'text', sender: user, content: 'Hello' },
    ...{ private: false, createdAt: at },
  } as const;
  return {
    ...{ id: randomUUID(), kind: 'support', environmentId: 'live', status: 'open', subject: null },
    ...{ description: null, user, assignee: null, team: null, participants: [{ ...user, readSeq: 1 }] },
    ...{ priority: 'normal', tags: [], metadata: {}, traceId: '', headSeq: 1, headRev: 0, lastMessage },
    ...{ unread: 0, snoozedUntil: null, createdAt: at, updatedAt: at, archivedAt: null, slowModeSeconds: 0 },
  } as ConversationView;
}

interface Inbox {
  owner: RegistrationView;
  ids: string[];
  say: (id: string, index: number) => Promise<void>;
}

/** One conversation comes through the front door: the others are made in its image. */
async function fill(url: string, connection: mongoose.Connection): Promise<Inbox> {
  const email = `${randomUUID()}@bench.example`;
  const account = { organizationName: 'Bench', name: 'Owner', email, password: PASSWORD };
  const owner = await post<RegistrationView>(url, '/v1/auth/register', account);
  const { pluginKey } = owner.environment;
  const visitor = await post<BootView>(url, '/v1/widget/boot', {}, { 'x-plugin-key': pluginKey });
  const asUser = { 'x-plugin-key': pluginKey, 'x-user-token': visitor.userToken };
  const message = { content: 'Hello', clientMessageId: randomUUID() };
  const { conversation } = await post<CreatedConversation>(url, '/v1/conversations', { message }, asUser);
  const all = connection.db!.collection<{ _id: string; activityAt: Date; createdAt: Date }>('conversations');
  const first = (await all.findOne({ _id: conversation.id }))!;
  const ids = Array.from({ length: MANY - 1 }, () => randomUUID());
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH).map((id, index) => {
      const activityAt = new Date(first.activityAt.getTime() - (from + index + 1) * 1_000);
      return { ...first, _id: id, clientConversationId: id, activityAt };
    });
    await all.insertMany(some);
  }
  console.log(`${MANY} conversations`);
  const authorization = { authorization: `Bearer ${owner.accessToken}` };
  const say = (id: string, index: number) =>
    post<void>(
      url,
      `/v1/conversations/${id}/messages`,
      { content: `Note ${index}`, private: true },
      authorization,
    );
  return { owner, ids: [conversation.id, ...ids], say };
}

async function measure(browser: Browser, url: string, { owner, ids, say }: Inbox): Promise<void> {
  const page = await browser.newPage({ locale: 'ko-KR', viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/dashboard/inbox`);
  await page.getByLabel('이메일').fill(owner.agent.email);
  await page.getByLabel('비밀번호', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('[data-conversation-id]').first().waitFor();
  const live = async (name: string) => {
    const frames = watch(page);
    for (let index = 0; index < MESSAGES; index++) await say(ids[(index * 37) % ids.length]!, index);
    await page.evaluate('window.stopWatching()');
    describeFrames(name, await frames);
  };
  await live('live, few loaded');
  describeFrames('wheel, few loaded', await scroll(page, WHEEL, WHEEL_FRAMES));
  describeFrames('down to the last', await scroll(page, FLING));
  await live('live, all loaded');
  describeFrames('wheel, all loaded', await scroll(page, -WHEEL, WHEEL_FRAMES));
}

/** Run in the page, as is the next: text, since there is no document here. How long each frame takes until it is stopped. */
function watch(page: Page): Promise<number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const frames = [];
    let before = performance.now();
    let isStopped = false;
    window.stopWatching = () => { isStopped = true; };
    const frame = () => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      if (isStopped) resolve(frames);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
}

/** For so many frames, or until the end. */
function scroll(page: Page, step: number, most = Number.MAX_SAFE_INTEGER): Promise<number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const box = document.querySelector('[data-conversation-id]').closest('ul').parentElement;
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
      still = box.scrollTop === top && box.scrollHeight === height ? still + frames.at(-1) : 0;
      if (still > 4_000 || frames.length > ${most}) resolve(frames);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);
}

await main();
