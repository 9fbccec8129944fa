/**
 * How long it takes to find users and conversations by parts of their words, through the routes of the built server:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/people.ts [--people 200000]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { gramsOf } from '../src/common/text/grams.js';
import type { ConversationView } from '../src/contracts/chat.js';
import type { Page } from '../src/contracts/common.js';
import type { RegistrationView } from '../src/contracts/tenants.js';
import type { BootView } from '../src/contracts/users.js';
import { searchGramsOf } from '../src/modules/user/user-search.js';
import { percentiles } from './figures.js';
import { post } from './post.js';
import { startServer } from './server.js';
import { aVocabulary } from './vocabulary.js';

const BATCH = 2_000;
const RUNS = 30;
const USERS = [
  '민지',
  '김',
  'min',
  'kim 민',
  'u123456@shop.example',
  'shop.example',
  '0105551234',
  'm-199999',
  'qqxzj',
];
const CONVERSATIONS = ['교환', '민지', 'order 123456', 'a-1999', 'refund', 'nowhere to be'];

const { values } = parseArgs({ options: { people: { type: 'string', default: '200000' } } });
const PEOPLE = Number(values.people);

interface Documents {
  user: Record<string, unknown>;
  conversation: Record<string, unknown>;
}

async function main(): Promise<void> {
  const server = await startServer({});
  const connection = mongoose.createConnection(server.mongodbUrl, { autoIndex: false });
  try {
    await connection.asPromise();
    const token = await begin(server.url);
    await fill(connection);
    await measure(server.url, token, '/health/live', ['']);
    await measure(server.url, token, '/v1/users', USERS);
    await measure(server.url, token, '/v1/conversations', CONVERSATIONS);
  } finally {
    await connection.close();
    await server.stop();
  }
}

/** The first user and conversation come through the front door: the others are made in their image. */
async function begin(url: string): Promise<string> {
  const { accessToken, environment } = await post<RegistrationView>(url, '/v1/auth/register', {
    organizationName: 'Bench',
    name: 'Owner',
    email: `${randomUUID()}@bench.example`,
    password: 'correct horse battery',
  });
  const plugin = { 'x-plugin-key': environment.pluginKey };
  const { userToken } = await post<BootView>(url, '/v1/widget/boot', {}, plugin);
  const asUser = { ...plugin, 'x-user-token': userToken };
  await post<ConversationView>(url, '/v1/conversations', { message: { content: 'Hello' } }, asUser);
  return accessToken;
}

async function fill(connection: mongoose.Connection): Promise<void> {
  const users = connection.db!.collection<{ _id: string }>('users');
  const conversations = connection.db!.collection<{ _id: string }>('conversations');
  const first = { user: (await users.findOne())!, conversation: (await conversations.findOne())! };
  // Made again at the end: one by one it takes many times as long.
  await users.dropIndex('users_search');
  await conversations.dropIndex('conversation_search');
  for (let at = 0; at < PEOPLE; at += BATCH) {
    const made = Array.from({ length: BATCH }, (_, index) => aPerson(first, at + index));
    await users.insertMany(made.map(({ user }) => ({ ...user, _id: randomUUID() })));
    await conversations.insertMany(made.map(({ conversation }) => ({ ...conversation, _id: randomUUID() })));
  }
  await users.createIndex({ organizationId: 1, search: 1, _id: -1 }, { name: 'users_search' });
  await conversations.createIndex({ organizationId: 1, search: 1 }, { name: 'conversation_search' });
  console.log(`${PEOPLE} users, ${PEOPLE} conversations`);
}

const { korean, english } = aVocabulary();

function aPerson(first: Documents, number: number): Documents {
  const word = (words: readonly string[], factor: number) => words[(number * factor) % words.length]!;
  const name = number % 2 === 0 ? `김${word(korean, 7)}` : `${word(english, 7)} ${word(english, 13)}`;
  const phone = `010${String(number * 7_919).padStart(8, '0')}`;
  const searchText = `${name} u${number}@shop.example ${phone} m-${number}`.toLowerCase();
  const subject = `${word(korean, 3)} order ${number} ${word(english, 11)} a-${number}`;
  const id = randomUUID();
  return {
    user: { ...first.user, memberId: `m-${number}`, searchText, search: searchGramsOf(searchText) },
    conversation: {
      ...first.conversation,
      subject,
      user: { id, name, avatarUrl: null },
      creatorKey: `user:${id}`,
      clientConversationId: randomUUID(),
      search: gramsOf(`${subject} ${name}`),
      activityAt: new Date(Date.now() - number * 1_000),
    },
  };
}

async function measure(url: string, token: string, path: string, queries: string[]): Promise<void> {
  for (const query of queries) {
    const times: number[] = [];
    let found = 0;
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now();
      const answer = await fetch(`${url}${path}?${new URLSearchParams({ query, limit: '50' }).toString()}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const body = await answer.text();
      times.push(performance.now() - begun);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`);
      found = (JSON.parse(body) as Partial<Page<unknown>>).items?.length ?? 0;
    }
    const { p50, p95, max } = percentiles(times);
    const name = `${path} ${query}`.padEnd(44);
    console.log(
      `${name} found ${String(found).padStart(2)}  p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms`,
    );
  }
}

await main();
