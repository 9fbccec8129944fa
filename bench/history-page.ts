/**
 * How long a page of history takes when one conversation is very long, through the route of the built server:
 *
 *   node --import ./test/support/resolve-typescript.mjs bench/history-page.ts [--messages 1000000]
 */
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import type * as schemas from '../src/modules/chat/persistence/message.schema.js';
import type { MessageDocument } from '../src/modules/chat/persistence/message.schema.js';
import type * as repositories from '../src/modules/chat/persistence/mongo-message.repository.js';
import type { ConversationView } from '../src/contracts/chat.js';
import { plansOf } from '../test/support/mongo-plans.js';
import { percentiles } from './figures.js';
import { beginLong, fillLong } from './long-history.js';
import { startServer } from './server.js';

const RUNS = 300;
const WARM_UP = 30;
const PAGE = 50;

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' } } });
const MESSAGES = Number(values.messages);

async function main(): Promise<void> {
  const server = await startServer({});
  const connection = mongoose.createConnection(server.mongodbUrl, {
    autoIndex: false,
    monitorCommands: true,
  });
  try {
    await connection.asPromise();
    const { token, conversation } = await beginLong(server.url);
    await fillLong(connection, conversation, MESSAGES);
    for (const [name, path] of Object.entries(pathsOf(conversation.id))) {
      const { p50, p95, max } = percentiles(await timesOf(server.url, token, path));
      console.log(`${name.padEnd(28)} p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms`);
    }
    await explain(connection, conversation);
  } finally {
    await connection.close();
    await server.stop();
  }
}

function pathsOf(conversationId: string): Record<string, () => string> {
  const path = `/v1/conversations/${conversationId}`;
  return {
    'nothing (/health/live)': () => '/health/live',
    'newest page': () => `${path}/messages?limit=${PAGE}`,
    'page before a random number': () => `${path}/messages?limit=${PAGE}&beforeSeq=${anySeq()}`,
    'page after a random number': () => `${path}/messages?limit=${PAGE}&afterSeq=${anySeq()}`,
    'sync, 100 behind': () => `${path}/sync?afterSeq=${MESSAGES - 100}&afterRev=0`,
    'sync from a random number': () => `${path}/sync?afterSeq=${anySeq()}&afterRev=0`,
  };
}

function anySeq(): number {
  return 1 + Math.floor(Math.random() * MESSAGES);
}

async function timesOf(url: string, token: string, path: () => string): Promise<number[]> {
  const times: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run++) {
    const begun = performance.now();
    const answer = await fetch(url + path(), { headers: { authorization: `Bearer ${token}` } });
    const body = await answer.text();
    if (run >= 0) times.push(performance.now() - begun);
    if (!answer.ok) throw new Error(`${answer.status} ${body}`);
  }
  return times;
}

/** The very commands of the server's own repository. */
async function explain(connection: mongoose.Connection, { id }: ConversationView): Promise<void> {
  const { messageSchema } = await built<typeof schemas>('message.schema.js');
  const { MongoMessageRepository: Repository } = await built<typeof repositories>(
    'mongo-message.repository.js',
  );
  const repository = new Repository(connection.model<MessageDocument>('Message', messageSchema));
  const found = await connection.db!.collection('messages').findOne({ conversationId: id });
  const scope = { organizationId: String(found!.organizationId) };
  const sight = { seesPrivate: true, seesHeld: true as const };
  const bounds = { limit: PAGE + 1, ...sight };
  const from = [{ conversationId: id, afterSeq: MESSAGES - 100, afterRev: 0 }];
  const reads: Record<string, () => Promise<unknown>> = {
    'newest page': () => repository.page(scope, id, bounds),
    'page before': () => repository.page(scope, id, { ...bounds, beforeSeq: MESSAGES / 2 }),
    'page after': () => repository.page(scope, id, { ...bounds, afterSeq: MESSAGES / 2 }),
    sync: () => repository.deltas(scope, from, { limit: 201, ...sight }),
  };
  for (const [what, read] of Object.entries(reads)) {
    const plans = await plansOf(connection, read);
    console.log(`explain, ${what}: ${JSON.stringify(plans)}`);
  }
}

/** Built, since the source is more than types can be stripped from. */
function built<T>(file: string): Promise<T> {
  return import(`../dist/src/modules/chat/persistence/${file}`) as Promise<T>;
}

await main();
