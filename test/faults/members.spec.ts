import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import type { SessionView } from '../../src/contracts/tenants.js';
import { startEngines, type RunningEngines } from '../../src/embedded/engines.js';
import { runMigrations } from '../../src/infrastructure/migrations.js';
import { ConversationRepository } from '../../src/modules/chat/conversation.repository.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  aMessage,
  asAgent,
  connect,
  must,
  next,
  PASSWORD,
  register,
  type Client,
} from '../support/people.js';

/** From here on after a removal has returned, nothing later may reach the removed. */
const FELT_WITHIN_MS = 1_000;

describe('a removal', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-removal-'));
  let engines: RunningEngines;
  let nodes: TestApp[];
  let here: string;
  let there: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    engines = await startEngines({ dataDir, ephemeral: true });
    const { postgres, mongodb, redis } = engines.urls;
    await runMigrations({ postgresUrl: postgres, mongodbUrl: mongodb });
    const databases = { postgres, mongodb, redis, redisKeyPrefix: 'removal', drop: () => Promise.resolve() };
    // The heads that go out anyhow would hide that nobody catches up.
    const settings = { LOG_LEVEL: 'silent', HEADS_INTERVAL_MS: '600000' };
    nodes = await Promise.all([1, 2].map(() => startApp(databases, settings)));
    [here, there] = nodes.map(({ url }) => url) as [string, string];
  }, 60_000);

  afterEach(() => {
    jest.restoreAllMocks();
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** An owner here; there one who is to be removed and one who stays. */
  async function team() {
    const registered = await register(here);
    const [leaving, staying] = [await join_(registered), await join_(registered)];
    const owner = await connect(here, { token: registered.accessToken });
    const out = await connect(there, { token: leaving.accessToken });
    const stays = await connect(there, { token: staying.accessToken });
    clients.push(owner, out, stays);
    const agentIds = [leaving, staying].map(({ agent }) => agent.id);
    const { conversation } = await must(owner, 'conversation:create', { kind: 'group', name: 'x', agentIds });
    const { id } = conversation;
    for (const client of [owner, out, stays]) await must(client, 'conversation:open', { conversationId: id });
    const participants = `/v1/conversations/${id}/participants`;
    const change = (attempt: request.Test) =>
      attempt.set(asAgent(registered)).send({ agentIds: [leaving.agent.id] });
    return {
      id,
      owner,
      out,
      stays,
      remove: () => change(request(here).delete(participants)).expect(204),
      add: () => change(request(here).post(participants)).expect(200),
      say: (content: string) => must(owner, 'message:send', { conversationId: id, ...aMessage(content) }),
    };
  }

  async function join_(registered: { accessToken: string }): Promise<SessionView> {
    const email = `${crypto.randomUUID()}@agents.example`;
    const invited = await request(here)
      .post('/v1/agents/invitations')
      .set(asAgent(registered))
      .send({ email, role: 'agent' })
      .expect(201);
    const accepted = await request(here)
      .post('/v1/auth/invitations/accept')
      .send({ token: invited.body.token, name: 'Minseo Lee', password: PASSWORD })
      .expect(201);
    return accepted.body as SessionView;
  }

  /** Everything from now on that is about the conversation, in whatever event. */
  function listen(client: Client, id: string): string[] {
    const heard: string[] = [];
    client.onAny((event: string, fact: unknown) => {
      if (JSON.stringify(fact).includes(id)) heard.push(event);
    });
    return heard;
  }

  const headAt = (id: string, headSeq: number) => (fact: { heads: { id: string; headSeq: number }[] }) =>
    fact.heads.some((head) => head.id === id && head.headSeq >= headSeq);

  it('is felt at once on every node while all is well, and whoever is back hears again', async () => {
    const { id, out, stays, remove, add, say } = await team();
    const removed = next(out, 'conversation:removed');
    await remove();
    await removed;
    const heard = listen(out, id);
    const said = next(stays, 'message:created');
    await say('among us');
    await said;
    await sleep(500);
    expect(heard).toEqual([]);
    const told = next(out, 'conversation:created');
    await add();
    expect((await told).conversation.id).toBe(id);
    await must(out, 'conversation:open', { conversationId: id });
    const again = next(out, 'message:created');
    await say('welcome back');
    expect((await again).message.content).toBe('welcome back');
  }, 30_000);

  it('is felt while Redis hangs, and what hung does not reach the removed afterwards', async () => {
    const { id, out, stays, remove, say } = await team();
    const redis = engines.engines.redis!;
    redis.kill('SIGSTOP');
    let heard: string[];
    try {
      await say('while nobody can hear');
      const removed = next(out, 'conversation:removed');
      await remove();
      await Promise.all([removed, sleep(FELT_WITHIN_MS)]);
      heard = listen(out, id);
      const learnt = next(stays, 'heads', headAt(id, 2), 8_000);
      await say('among us');
      await learnt;
    } finally {
      redis.kill('SIGCONT');
    }
    await untilLive(stays, say);
    expect(heard).toEqual([]);
  }, 30_000);

  it('leaks nothing where the members cannot be looked at, and those who belong find what they missed', async () => {
    const { id, out, stays, remove, say } = await team();
    const store = nodes[1]!.app.get(ConversationRepository);
    const cut = jest.spyOn(store, 'listMembershipsSince').mockRejectedValue(new Error('cut off'));
    // Nobody can tell that node of it either.
    const deaf = jest.spyOn(store, 'findMany').mockRejectedValue(new Error('cut off'));
    await sleep(FELT_WITHIN_MS);
    await remove();
    await sleep(FELT_WITHIN_MS);
    const [heard, meanwhile] = [listen(out, id), listen(stays, id)];
    await say('among us');
    await sleep(500);
    expect([heard, meanwhile]).toEqual([[], []]);
    const learnt = next(stays, 'heads', headAt(id, 1));
    const removed = next(out, 'conversation:removed');
    cut.mockRestore();
    deaf.mockRestore();
    await Promise.all([learnt, removed]);
    expect(heard).toEqual(['conversation:removed']);
    const said = next(stays, 'message:created');
    await say('again');
    await said;
    expect(heard).toEqual(['conversation:removed']);
  }, 30_000);

  it('ends at once what the removed may do on any node', async () => {
    const { id, out, remove } = await team();
    await must(out, 'typing:set', { conversationId: id, typing: true });
    await remove();
    await sleep(FELT_WITHIN_MS);
    const attempts = [
      ['message:send', aMessage()],
      ['typing:set', { typing: true }],
      ['conversation:open', {}],
    ] as const;
    for (const [event, body] of attempts) {
      const ack = await out.timeout(5_000).emitWithAck(event, { conversationId: id, ...body });
      expect([event, ack]).toMatchObject([event, { ok: false, error: { code: 'chat.not_found' } }]);
    }
  }, 30_000);

  /** Nobody does anything, and messages cross nodes again. */
  async function untilLive(to: Client, say: (content: string) => Promise<unknown>): Promise<void> {
    for (const end = Date.now() + 10_000; ;) {
      const content = `live again? ${Date.now()}`;
      const heard = next(to, 'message:created', ({ message }) => message.content === content, 1_000);
      await say(content);
      try {
        await heard;
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }
});
