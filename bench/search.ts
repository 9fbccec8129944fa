/**
 * How long a search takes among many messages, in Korean and English, for rare and for common words:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/search.ts [options]
 *   --messages N   how many are in the index (default: 1000000)
 *   --compare      the same with pg_trgm and with bigrams in MongoDB, one after the other
 *   --explain      print the plans of each search
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngines, type RunningEngines } from '../src/embedded/engines.js';
import type { IndexedMessage, IndexQuery } from '../src/modules/chat/search/message-index.js';
import { parseQuery } from '../src/modules/chat/search/search-terms.js';
import { cpuSeconds } from './cpu.js';
import { percentiles, round } from './figures.js';
import { MongoBigrams, PostgresGrams, PostgresTrigrams, type SearchStore } from './search-stores.js';
import { aVocabulary, sentenceOf } from './vocabulary.js';

const BATCH = 1_000;
/** As many as come together at 200 messages a second. */
const DAILY_BATCH = 60;
const RUNS = 40;
const USERS = 20_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const SECOND = 1_000;

const SCOPE = { organizationId: randomUUID() };
const ELSEWHERE = randomUUID();
const users = Array.from({ length: USERS }, () => ({ id: randomUUID(), conversationId: randomUUID() }));

const QUERIES = [
  '교환',
  '환불금액',
  '희귀',
  '교환 배송',
  '"제품 교환"',
  '東京',
  '없는말이다',
  'refund',
  'chargeback',
  'the',
  're',
  'order refund',
  '"please refund"',
  'ther',
  'tk-884213',
  'nowhere to be',
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '1000000' },
      compare: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'flc-search-'));
  const external = { redis: 'redis://unused', ...(values.compare ? {} : { mongodb: 'mongodb://unused' }) };
  const engines = await startEngines({ dataDir, external, onProgress: console.log });
  try {
    for (const open of values.compare ? [ours, trigrams, bigrams] : [ours]) {
      await measureStore(await open(engines), engines, Number(values.messages), values.explain);
    }
  } finally {
    await engines.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const ours = ({ urls }: RunningEngines): SearchStore => new PostgresGrams(urls.postgres);
const trigrams = ({ urls }: RunningEngines): SearchStore => new PostgresTrigrams(urls.postgres);
const bigrams = ({ urls }: RunningEngines): Promise<SearchStore> => MongoBigrams.open(urls.mongodb);

async function measureStore(
  store: SearchStore,
  { engines }: RunningEngines,
  messages: number,
  isExplained: boolean,
): Promise<void> {
  console.log(`\n${store.name}, ${messages} messages`);
  const pid = engines[store.engine]!.pid;
  try {
    await fill(store, pid, messages);
    await measureAll(store, pid, messages, isExplained);
  } finally {
    await store.close();
  }
}

/** The large index is made at the end, as it would take hours otherwise; then some more, as it is every day. */
async function fill(store: SearchStore, pid: number, messages: number): Promise<void> {
  const daily = Math.min(20_000, messages / 10);
  await store.beforeFill();
  await timed('filled', pid, messages - daily, () => putRange(store, 0, messages - daily, BATCH));
  await timed('made the index', pid, messages - daily, () => store.afterFill());
  await timed('put more', pid, daily, () => putRange(store, messages - daily, messages, DAILY_BATCH));
  const { data, indexes } = await store.size();
  console.log(`${round(data / 1e6)} MB of data, ${round(indexes / 1e6)} MB of indexes`);
}

async function putRange(store: SearchStore, from: number, to: number, batch: number): Promise<void> {
  for (let at = from; at < to; at += batch) await store.put(batchFrom(at, Math.min(batch, to - at)));
}

const vocabulary = aVocabulary();

function batchFrom(start: number, count: number): IndexedMessage[] {
  return Array.from({ length: count }, (_, index) => aMessage(start + index));
}

function aMessage(number: number): IndexedMessage {
  const user = users[(number * 7919) % USERS]!;
  return {
    messageId: randomUUID(),
    rev: 0,
    organizationId: number % 20 === 0 ? ELSEWHERE : SCOPE.organizationId,
    environmentId: null,
    conversationId: user.conversationId,
    kind: 'support',
    userId: user.id,
    senderId: user.id,
    private: number % 25 === 0,
    createdAt: new Date(START + number * SECOND),
    content: sentenceOf(vocabulary, number),
  };
}

async function measureAll(
  store: SearchStore,
  pid: number,
  messages: number,
  isExplained: boolean,
): Promise<void> {
  const asAgent = { reach: { teamIds: [] }, seesPrivate: true, limit: 51 };
  const asUser = { reach: { userId: users[1]!.id }, seesPrivate: false, limit: 51 };
  const halfway = { createdAt: new Date(START + (messages / 2) * SECOND), messageId: randomUUID() };
  const ways: Record<string, Omit<IndexQuery, 'terms'>> = {
    agent: asAgent,
    'agent, older half': { ...asAgent, after: halfway },
    'agent, one sender': { ...asAgent, senderId: users[2]!.id },
    'agent, first hour': { ...asAgent, to: new Date(START + 3_600 * SECOND) },
    user: asUser,
  };
  const all: number[] = [];
  for (const [who, way] of Object.entries(ways)) {
    const before = all.length;
    for (const query of QUERIES) {
      const asked = { ...way, terms: parseQuery(query) };
      all.push(...(await measure(store, pid, `${who}: ${query}`, asked)));
      if (isExplained)
        console.log((await store.explain(SCOPE, asked)).map((line) => `    ${line}`).join('\n'));
    }
    console.log(`${who}, all: ${figures(all.slice(before))}\n`);
  }
  console.log(`all: ${figures(all)}`);
}

async function measure(store: SearchStore, pid: number, name: string, query: IndexQuery): Promise<number[]> {
  const times: number[] = [];
  const before = cpuOf(pid);
  let found = 0;
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    found = await store.search(SCOPE, query);
    times.push(performance.now() - begun);
  }
  const cpu = round(((cpuOf(pid) - before) / RUNS) * 1_000);
  console.log(`${name.padEnd(40)} found ${String(found).padStart(2)}  ${figures(times)}, CPU ${cpu} ms`);
  return times;
}

/** Of the engine and all its processes: what others do on the machine does not change it much. */
function cpuOf(pid: number): number {
  return cpuSeconds({ engine: pid })?.engine ?? 0;
}

function figures(times: number[]): string {
  const { p50, p95, max } = percentiles(times);
  return `p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms`;
}

async function timed(
  what: string,
  pid: number,
  messages: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = { cpu: cpuOf(pid), time: performance.now() };
  await work();
  const seconds = round((performance.now() - before.time) / 1_000);
  const each = round(((cpuOf(pid) - before.cpu) / messages) * 1_000);
  console.log(`${what}: ${messages} messages in ${seconds} s, ${each} ms of CPU of the engine each`);
}

await main();
