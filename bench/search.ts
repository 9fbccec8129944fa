/**
 * How long a search takes among many messages, in Korean and English, for rare and for common words:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/search.ts [options]
 *   --messages N   how many are in the index (default: 1000000)
 *   --explain      print the plan of each search
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { CreateMessageIndex1795253400000 } from '../migrations/postgres/1795253400000-create-message-index.js';
import { startEngines } from '../src/embedded/engines.js';
import { byGrams, find, put, type Statement } from '../src/modules/chat/search/index-statements.js';
import type { IndexedMessage, IndexQuery } from '../src/modules/chat/search/message-index.js';
import { parseQuery } from '../src/modules/chat/search/search-terms.js';
import { aVocabulary, sentenceOf } from './vocabulary.js';

const BATCH = 1_000;
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
      explain: { type: 'boolean', default: false },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'flc-search-'));
  const external = { mongodb: 'mongodb://unused', redis: 'redis://unused' };
  const engines = await startEngines({ dataDir, external, onProgress: console.log });
  const pool = new pg.Pool({ connectionString: engines.urls.postgres, max: 2 });
  try {
    await fill(pool, Number(values.messages));
    await measureAll(pool, Number(values.messages), values.explain);
  } finally {
    await pool.end();
    await engines.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The large index is made at the end, as it would take hours otherwise; then some more, as it is every day. */
async function fill(pool: pg.Pool, messages: number): Promise<void> {
  const runner = { query: (sql: string) => pool.query(sql) };
  await new CreateMessageIndex1795253400000().up(runner as never);
  const { rows } = await pool.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE indexname = 'message_index_grams'`,
  );
  await pool.query('DROP INDEX message_index_grams');
  const daily = Math.min(20_000, messages / 10);
  await timed(`filled with ${messages - daily}`, () => putRange(pool, 0, messages - daily));
  await pool.query(`SET maintenance_work_mem = '512MB'`);
  await timed('made the index', () => pool.query(rows[0]!.indexdef));
  await timed(`put ${daily} more`, () => putRange(pool, messages - daily, messages));
  await timed('analyzed', () => pool.query('VACUUM ANALYZE message_index'));
  const size = await pool.query<{ table: string; grams: string }>(
    `SELECT pg_size_pretty(pg_table_size('message_index')) AS table,
       pg_size_pretty(pg_relation_size('message_index_grams')) AS grams`,
  );
  console.log(size.rows[0]);
}

async function putRange(pool: pg.Pool, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 2 * BATCH) {
    const batches = [at, at + BATCH]
      .filter((start) => start < to)
      .map((start) => batchFrom(start, Math.min(BATCH, to - start)));
    await Promise.all(batches.map((batch) => ask(pool, put(batch))));
    if (at % 100_000 === 0) console.log(`${at} ...`);
  }
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

async function measureAll(pool: pg.Pool, messages: number, isExplained: boolean): Promise<void> {
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
    for (const query of QUERIES) {
      all.push(
        ...(await measure(pool, `${who}: ${query}`, { ...way, terms: parseQuery(query) }, isExplained)),
      );
    }
  }
  console.log(`all: ${figures(all)}`);
}

async function measure(
  pool: pg.Pool,
  name: string,
  query: IndexQuery,
  isExplained: boolean,
): Promise<number[]> {
  const times: number[] = [];
  let found = 0;
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    found = (await find(SCOPE, query, (statement) => ask(pool, statement))).length;
    times.push(performance.now() - begun);
  }
  console.log(`${name.padEnd(40)} found ${String(found).padStart(2)}  ${figures(times)}`);
  if (isExplained) await explain(pool, byGrams(SCOPE, query));
  return times;
}

async function ask(pool: pg.Pool, { sql, values }: Statement): Promise<unknown[]> {
  return (await pool.query<Record<string, unknown>>(sql, values)).rows;
}

async function explain(pool: pg.Pool, { sql, values }: Statement): Promise<void> {
  const plan = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, values);
  console.log(plan.rows.map((row) => `    ${row['QUERY PLAN'].slice(0, 160)}`).join('\n'));
}

function figures(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${at(1)} ms`;
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  console.log(`${what} in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
}

await main();
