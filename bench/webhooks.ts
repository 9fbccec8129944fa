/**
 * How fast 10,000 deliveries reach a receiver that takes 5 ms, what they cost the worker, whether each conversation's
 * begin in order, and what one subscribed webhook costs the send path:
 * `node --import ./test/support/resolve-typescript.mjs bench/webhooks.ts`.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './cpu.js';
import { startServer, type BenchServer } from './server.js';

const CONVERSATIONS = 100;
const DELIVERIES = 10_000;
const SENDS = 4_000;
const ROUNDS = 3;
const RECEIVER_MS = 5;

type Headers = Record<string, string>;

interface Place {
  conversationId: string;
  headers: Headers;
}

async function call<T>(url: string, headers: Headers, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** An environment of its own, with conversations to write in. */
async function aCompany({ url }: BenchServer) {
  const { accessToken, environment } = await call<{
    accessToken: string;
    environment: { id: string; pluginKey: string };
  }>(
    `${url}/v1/auth/register`,
    {},
    {
      organizationName: 'Bench',
      name: 'Bench',
      email: `${randomUUID()}@bench.example`,
      password: 'correct horse battery',
    },
  );
  const places: Place[] = [];
  for (let number = 0; number < CONVERSATIONS; number++) {
    const plugin = { 'x-plugin-key': environment.pluginKey };
    const { userToken } = await call<{ userToken: string }>(`${url}/v1/widget/boot`, plugin, {});
    const headers = { ...plugin, 'x-user-token': userToken };
    const { id } = await call<{ id: string }>(`${url}/v1/conversations`, headers, {});
    places.push({ conversationId: id, headers });
  }
  const as = { authorization: `Bearer ${accessToken}` };
  const subscribe = (to: string) =>
    call(`${url}/v1/environments/${environment.id}/webhooks`, as, { url: to, events: ['message.created'] });
  return { places, subscribe };
}

/** In each conversation one after another, in all of them at once. */
async function say({ url }: BenchServer, places: readonly Place[], count: number): Promise<void> {
  const each = Math.ceil(count / places.length);
  const talk = async ({ conversationId, headers }: Place) => {
    for (let number = 0; number < each; number++) {
      const body = {
        clientMessageId: randomUUID(),
        content: `Where is order ${number}? I ordered it last week.`,
      };
      await call(`${url}/v1/conversations/${conversationId}/messages`, headers, body);
    }
  };
  await Promise.all(places.map(talk));
}

async function startReceiver() {
  const received: { conversationId: string; seq: number }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as {
        data: { message: (typeof received)[0] };
      };
      received.push(data.message);
      setTimeout(() => response.end('ok'), RECEIVER_MS);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, received, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

function outOfOrder(received: readonly { conversationId: string; seq: number }[]): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { conversationId, seq } of received) {
    if (seq < (last.get(conversationId) ?? 0)) count++;
    last.set(conversationId, Math.max(seq, last.get(conversationId) ?? 0));
  }
  return count;
}

async function measureDeliveries(server: BenchServer) {
  const receiver = await startReceiver();
  const { places, subscribe } = await aCompany(server);
  await subscribe(receiver.url);
  await sleep(2_500);
  const worker = server.pids['worker']!;
  process.kill(worker, 'SIGSTOP');
  await say(server, places, DELIVERIES);
  await sleep(3_000);
  const before = cpuSeconds({ worker });
  const startedAt = performance.now();
  process.kill(worker, 'SIGCONT');
  while (receiver.received.length < DELIVERIES) await sleep(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  await sleep(1_000);
  const cpu = (cpuSeconds({ worker })?.['worker'] ?? NaN) - (before?.['worker'] ?? NaN);
  receiver.server.closeAllConnections();
  receiver.server.close();
  return {
    perSecond: Math.round(DELIVERIES / seconds),
    workerCpuMsPerDelivery: Number(((cpu * 1_000) / DELIVERIES).toFixed(2)),
    receivedMoreThanOnce: receiver.received.length - DELIVERIES,
    outOfOrder: outOfOrder(receiver.received),
  };
}

/** Milliseconds of the api's CPU for a message; the worker stands still, so that it takes no part. */
async function costOf(server: BenchServer, places: readonly Place[]): Promise<number> {
  const api = server.pids['api']!;
  const before = cpuSeconds({ api })?.['api'] ?? NaN;
  await say(server, places, SENDS);
  await sleep(1_000);
  return (((cpuSeconds({ api })?.['api'] ?? NaN) - before) * 1_000) / SENDS;
}

async function measureSending(server: BenchServer) {
  const [plain, subscribed] = [await aCompany(server), await aCompany(server)];
  await subscribed.subscribe('http://localhost:9/');
  await sleep(2_500);
  process.kill(server.pids['worker']!, 'SIGSTOP');
  await say(server, plain.places, SENDS);
  const costs: Record<'none' | 'one', number[]> = { none: [], one: [] };
  for (let round = 0; round < ROUNDS; round++) {
    costs.none.push(await costOf(server, plain.places));
    costs.one.push(await costOf(server, subscribed.places));
  }
  process.kill(server.pids['worker']!, 'SIGCONT');
  const [none, one] = [Math.min(...costs.none), Math.min(...costs.one)];
  return { cpuMsPerMessage: costs, growth: `${Math.round((one / none - 1) * 100)} %` };
}

const server = await startServer({
  env: { NODE_ENV: 'development', LOG_PRETTY: 'false', FETCH_LOCALHOST: 'true' },
});
try {
  console.log(await measureDeliveries(server));
  console.log(await measureSending(server));
} finally {
  await server.stop();
}
