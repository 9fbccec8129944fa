import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SessionView } from '../../src/contracts/tenants.js';
import { startEngines, type EmbeddedEngine, type RunningEngines } from '../../src/embedded/engines.js';
import { runMigrations } from '../../src/infrastructure/migrations.js';
import { startApp, type TestApp } from '../support/app.js';
import { Proxy } from './rig/proxy.js';
import {
  aMessage,
  asAgent,
  boot,
  call,
  connect,
  must,
  next,
  PASSWORD,
  register,
  startConversation,
  type Client,
} from '../support/people.js';

/** What is promised is two seconds; a machine on which much else runs is given more. */
const FELT_WITHIN_MS = 8_000;

describe('while a store is away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-faults-'));
  let engines: RunningEngines;
  let nodes: TestApp[];
  /** The way from the node there to Redis. */
  let line: Proxy;
  let here: string;
  let there: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    engines = await startEngines({ dataDir, ephemeral: false });
    const { postgres, mongodb, redis } = engines.urls;
    await runMigrations({ postgresUrl: postgres, mongodbUrl: mongodb });
    const databases = { postgres, mongodb, redis, redisKeyPrefix: 'faults', drop: () => Promise.resolve() };
    // The stores are down on purpose: what is logged of it would drown what is not.
    const { hostname, port } = new URL(redis);
    line = await Proxy.to({ host: hostname, port: Number(port) });
    const farther = { ...databases, redis: `redis://127.0.0.1:${line.port}` };
    // The heads that go out anyhow would hide that nobody catches up.
    const quiet = { LOG_LEVEL: 'silent', HEADS_INTERVAL_MS: '600000' };
    nodes = await Promise.all([startApp(databases, quiet), startApp(farther, quiet)]);
    [here, there] = nodes.map(({ url }) => url) as [string, string];
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    line.close();
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function people() {
    const registered = await register(here);
    const { pluginKey } = registered.environment;
    const booted = await boot(here, pluginKey);
    const visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    const neighbour = await connect(here, { token: registered.accessToken });
    const agent = await connect(there, { token: registered.accessToken });
    clients.push(visitor, neighbour, agent);
    const { id } = await startConversation(visitor, 'before');
    for (const client of [neighbour, agent]) await must(client, 'conversation:open', { conversationId: id });
    return { registered, visitor, neighbour, agent, id };
  }

  async function joinAs(registered: { accessToken: string }, role: string): Promise<SessionView> {
    const email = `${role}-${Date.now()}@agents.example`;
    const invited = await request(here)
      .post('/v1/agents/invitations')
      .set(asAgent(registered))
      .send({ email, role })
      .expect(201);
    const accepted = await request(here)
      .post('/v1/auth/invitations/accept')
      .send({ token: invited.body.token, name: 'Minseo Lee', password: PASSWORD })
      .expect(201);
    return accepted.body as SessionView;
  }

  async function without<T>(engine: EmbeddedEngine | undefined, work: () => Promise<T>): Promise<T> {
    if (!engine) throw new Error('this engine does not run');
    engine.kill('SIGKILL');
    try {
      return await work();
    } finally {
      await engine.restart();
    }
  }

  /** Sends until it is acknowledged, as a client would, always with the same clientMessageId. */
  async function sendUntilAcked(client: Client, body: object, ms = 15_000) {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(200)) {
      const ack = await call(client, 'message:send', body);
      if (ack.ok) return ack.data;
      expect(ack.error.retryable).toBe(true);
    }
    throw new Error('the message was never acknowledged');
  }

  // Expected: every send is refused with a retryable error within 3 s, sockets stay, nothing acked is lost.
  it('MongoDB killed: sends are refused for now, and land once when it is back', async () => {
    const { visitor, agent, id } = await people();
    const body = { conversationId: id, ...aMessage('while it was away') };
    await without(engines.engines.mongodb, async () => {
      const startedAt = Date.now();
      expect(await call(visitor, 'message:send', body)).toMatchObject({
        ok: false,
        error: { retryable: true },
      });
      expect(Date.now() - startedAt).toBeLessThan(FELT_WITHIN_MS);
    });
    const heard = next(agent, 'message:created', ({ message }) => message.content === body.content, 20_000);
    const { message } = await sendUntilAcked(visitor, body);
    expect((await heard).message.id).toBe(message.id);
    expect(await must(visitor, 'message:send', body)).toMatchObject({
      duplicate: true,
      message: { seq: message.seq },
    });
    const synced = await must(agent, 'conversation:sync', {
      conversations: [{ id, afterSeq: 0, afterRev: 0 }],
    });
    expect(synced.conversations[0]?.messages.map(({ seq, content }) => [seq, content])).toEqual([
      [1, 'before'],
      [2, 'while it was away'],
    ]);
    expect(visitor.connected).toBe(true);
  }, 60_000);

  // Expected: acks go on, sockets of the same node hear at once, those of the other learn of the head soon.
  it('Redis killed: sends are acknowledged, and other nodes catch up by heads', async () => {
    const { visitor, neighbour, agent, id } = await people();
    await without(engines.engines.redis, async () => {
      await sleep(200);
      const heard = next(neighbour, 'message:created', ({ message }) => message.seq === 2, FELT_WITHIN_MS);
      const learnt = next(
        agent,
        'heads',
        ({ heads }) => heads.some((head) => head.id === id && head.headSeq === 2),
        FELT_WITHIN_MS,
      );
      await must(visitor, 'message:send', { conversationId: id, ...aMessage('without redis') });
      expect((await heard).message.content).toBe('without redis');
      await learnt;
      const { conversations } = await must(agent, 'conversation:sync', {
        conversations: [{ id, afterSeq: 1, afterRev: 0 }],
      });
      expect(conversations[0]?.messages).toMatchObject([{ seq: 2, content: 'without redis' }]);
    });
    await untilLive(visitor, agent, id);
  }, 60_000);

  // Expected: the same while its connections stay open and it says nothing, also for changes of what was said before.
  it('Redis hangs: other nodes learn of messages and of changes all the same', async () => {
    const { visitor, neighbour, agent, id } = await people();
    const learns = (fits: (head: { headSeq: number; headRev: number }) => boolean) =>
      next(agent, 'heads', ({ heads }) => heads.some((head) => head.id === id && fits(head)), FELT_WITHIN_MS);
    engines.engines.redis!.kill('SIGSTOP');
    try {
      const heard = next(neighbour, 'message:created', ({ message }) => message.seq === 2, FELT_WITHIN_MS);
      const learnt = learns(({ headSeq }) => headSeq === 2);
      const { message } = await must(visitor, 'message:send', { conversationId: id, ...aMessage('hm') });
      await Promise.all([heard, learnt]);
      const learntOfChange = learns(({ headRev }) => headRev === 1);
      await must(visitor, 'message:edit', { conversationId: id, messageId: message.id, content: 'hmm' });
      await learntOfChange;
    } finally {
      engines.engines.redis!.kill('SIGCONT');
    }
    await untilLive(visitor, agent, id);
  }, 60_000);

  // Expected: what the lone node stores is found by the others within 2 s, and what they store by the lone node.
  it('Redis is out of reach of one node alone: both sides learn of messages within two seconds', async () => {
    const { visitor, agent, id } = await people();
    const learns = (client: Client, headSeq: number) =>
      next(
        client,
        'heads',
        ({ heads }) => heads.some((head) => head.id === id && head.headSeq === headSeq),
        FELT_WITHIN_MS,
      );
    line.cut();
    try {
      const learntHere = learns(visitor, 2);
      await must(agent, 'message:send', { conversationId: id, ...aMessage('from the lone node') });
      await learntHere;
      const learntThere = learns(agent, 3);
      await must(visitor, 'message:send', { conversationId: id, ...aMessage('from the other') });
      await learntThere;
    } finally {
      await line.heal();
    }
    await untilLive(visitor, agent, id);
  }, 60_000);

  // Expected: the removed hear nothing more within 2 s, on a node that no other can tell of it.
  it('Redis killed: who is removed from a group is out of it on every node', async () => {
    const { registered } = await people();
    const colleague = await joinAs(registered, 'agent');
    const member = await connect(there, { token: colleague.accessToken });
    const owner = await connect(here, { token: registered.accessToken });
    clients.push(member, owner);
    const group = { kind: 'group', name: 'team', agentIds: [colleague.agent.id] };
    const { conversation } = await must(owner, 'conversation:create', group);
    await must(member, 'conversation:open', { conversationId: conversation.id });
    await without(engines.engines.redis, async () => {
      const removed = next(member, 'conversation:removed', undefined, FELT_WITHIN_MS);
      await request(here)
        .delete(`/v1/conversations/${conversation.id}/participants`)
        .set(asAgent(registered))
        .send({ agentIds: [colleague.agent.id] })
        .expect(204);
      expect((await removed).conversationId).toBe(conversation.id);
    });
    const heard: unknown[] = [];
    member.on('message:created', (fact) => heard.push(fact));
    member.on('heads', (fact) => heard.push(fact));
    await must(owner, 'message:send', { conversationId: conversation.id, ...aMessage('among us') });
    await sleep(1_500);
    expect(heard).toEqual([]);
  }, 60_000);

  // Expected: who is connected goes on; a sign-in is refused as unavailable; all is well when it is back.
  it('PostgreSQL killed: the connected go on, sign-ins wait', async () => {
    const { visitor, agent, registered, id } = await people();
    await without(engines.engines.postgres, async () => {
      const heard = next(agent, 'message:created', ({ message }) => message.content === 'without postgres');
      await must(visitor, 'message:send', { conversationId: id, ...aMessage('without postgres') });
      await heard;
      await must(agent, 'message:send', { conversationId: id, ...aMessage('same here') });
      const login = await request(here)
        .post('/v1/auth/login')
        .send({ email: registered.agent.email, password: PASSWORD });
      expect([login.status, login.body.code, login.body.retryable]).toEqual([
        503,
        'common.unavailable',
        true,
      ]);
      const health = await request(here).get('/health');
      expect(health.body.dependencies.postgres.state).toBe('down');
    });
    await untilOk(() =>
      request(here)
        .post('/v1/auth/login')
        .send({ email: registered.agent.email, password: PASSWORD })
        .expect(200),
    );
    await request(there).get('/v1/auth/me').set(asAgent(registered)).expect(200);
  }, 60_000);

  /** Messages cross nodes again, without anybody doing anything. */
  async function untilLive(from: Client, to: Client, conversationId: string): Promise<void> {
    await untilOk(async () => {
      const body = aMessage('live again?');
      const heard = next(
        to,
        'message:created',
        ({ message }) => message.clientMessageId === body.clientMessageId,
        1_000,
      );
      await must(from, 'message:send', { conversationId, ...body });
      await heard;
    });
  }

  async function untilOk(attempt: () => Promise<unknown>, ms = 20_000): Promise<void> {
    for (const end = Date.now() + ms; ; await sleep(300)) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }
});
