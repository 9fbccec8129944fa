import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConversationView, MessageHistory } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asUser,
  boot,
  call,
  type Client,
  connect,
  hire,
  must,
  next,
  register,
  startConversation,
} from '../support/people.js';
import { PDF } from '../support/uploads.js';

/** How late a node may feel what was done on another. */
const FELT_WITHIN_MS = 6_000;
const BLOCKED = { ok: false, error: { code: 'chat.blocked' } };
const UNAGREED = { ok: false, error: { code: 'chat.consent_required' } };
const REFUSED = { ok: false, error: { code: 'chat.message_refused' } };
const SLOW = {
  ok: false,
  error: { code: 'chat.slow_mode', retryable: true, retryAfterMs: expect.any(Number) },
};

describe('moderation', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let agent: RegistrationView;
  let viewer: RegistrationView;
  let pluginKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    [agent, viewer] = [await hire(here, owner), await hire(here, owner, { role: 'viewer' })];
    pluginKey = owner.environment.pluginKey;
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  function ask(
    who: RegistrationView,
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: object,
  ) {
    return request(here)[method](path).set(asAgent(who)).send(body);
  }

  async function visit(url = there): Promise<{ booted: BootView; client: Client }> {
    const booted = await boot(here, pluginKey);
    const client = await connect(url, { pluginKey, userToken: booted.userToken });
    clients.push(client);
    return { booted, client };
  }

  const contentsOf = async (id: string) => {
    const answer = await ask(owner, 'get', `/v1/conversations/${id}/messages`).expect(200);
    return (answer.body as MessageHistory).items
      .filter(({ type }) => type !== 'system')
      .map(({ content }) => content);
  };

  describe('a blocked user', () => {
    it('may boot and read, and say nothing on any node, until it is let in again', async () => {
      const { booted, client } = await visit();
      const { id: userId } = booted.user;
      const { id: conversationId } = await startConversation(client, 'first');
      const { message } = await must(client, 'message:send', { conversationId, ...aMessage('second') });
      const onlooker = await connect(there, { token: agent.accessToken });
      clients.push(onlooker);
      const told = next(onlooker, 'user:updated', ({ user }) => user.id === userId);
      const blocked = await ask(agent, 'put', `/v1/users/${userId}/block`).expect(200);
      expect(blocked.body).toMatchObject({ id: userId, blockedAt: expect.any(String) });
      expect((await told).user.blockedAt).toBe(blocked.body.blockedAt);
      expect((await ask(agent, 'put', `/v1/users/${userId}/block`).expect(200)).body).toMatchObject({
        blockedAt: blocked.body.blockedAt,
      });

      const send = () => call(client, 'message:send', { conversationId, ...aMessage('late') });
      const deadline = Date.now() + FELT_WITHIN_MS;
      while ((await send()).ok && Date.now() < deadline) await sleep(500);
      const ref = { conversationId, messageId: message.id };
      expect(await send()).toMatchObject(BLOCKED);
      expect(await call(client, 'message:edit', { ...ref, content: 'x' })).toMatchObject(BLOCKED);
      expect(await call(client, 'message:react', { ...ref, emoji: '👍', on: true })).toMatchObject(BLOCKED);
      expect(await call(client, 'typing:set', { conversationId, typing: true })).toMatchObject(BLOCKED);
      expect(await call(client, 'conversation:create', {})).toMatchObject(BLOCKED);
      const path = `/v1/conversations/${conversationId}/messages`;
      const asVisitor = asUser(pluginKey, booted);
      const overHttp = await request(here).post(path).set(asVisitor).send(aMessage()).expect(403);
      expect(overHttp.body).toMatchObject({ code: 'chat.blocked' });
      const upload = request(here).post('/v1/files').set(asVisitor).attach('file', PDF, 'a.pdf');
      expect((await upload.expect(403)).body).toMatchObject({ code: 'chat.blocked' });

      const again = await boot(here, pluginKey, { visitorToken: booted.visitorToken });
      expect(again.user.id).toBe(userId);
      await request(here).get(path).set(asVisitor).expect(200);
      const answered = next(client, 'message:created', (fact) => fact.message.content === 'goodbye');
      await ask(agent, 'post', path, aMessage('goodbye')).expect(201);
      await answered;

      const free = await ask(agent, 'delete', `/v1/users/${userId}/block`).expect(200);
      expect(free.body).toMatchObject({ blockedAt: null });
      await request(here).post(path).set(asVisitor).send(aMessage('thank you')).expect(201);
    }, 20_000);

    it('is blocked by those who work, of its own organization only', async () => {
      const { booted } = await visit();
      const path = `/v1/users/${booted.user.id}/block`;
      await ask(viewer, 'put', path).expect(403);
      await request(here).put(path).set(asUser(pluginKey, booted)).expect(403);
      const foreigner = await register(here, 'Elsewhere');
      expect((await ask(foreigner, 'put', path).expect(404)).body).toMatchObject({ code: 'user.not_found' });
      expect((await ask(foreigner, 'delete', path).expect(404)).body).toMatchObject({
        code: 'user.not_found',
      });
    });
  });

  describe('consent', () => {
    it('is asked of users before anything that they write is kept, and felt at once on every node', async () => {
      const asking = await register(here, 'Careful');
      const key = asking.environment.pluginKey;
      const booted = await boot(there, key);
      const client = await connect(there, { pluginKey: key, userToken: booted.userToken });
      clients.push(client);
      const { id: conversationId } = await startConversation(client, 'before');
      const history = `/v1/conversations/${conversationId}/messages`;
      const { items } = (await ask(asking, 'get', history)).body as MessageHistory;
      const consent = { required: true };
      const path = `/v1/environments/${asking.environment.id}`;
      await ask(asking, 'patch', path, { settings: { widget: { consent } } }).expect(200);
      await sleep(5_100);

      const message = { conversationId, ...aMessage('after') };
      const edit = { conversationId, messageId: items[0]!.id, content: 'changed' };
      expect(await call(client, 'message:send', message)).toMatchObject(UNAGREED);
      expect(await call(client, 'message:edit', edit)).toMatchObject(UNAGREED);
      expect(await call(client, 'conversation:create', {})).toMatchObject(UNAGREED);
      const overHttp = await request(there).post('/v1/conversations').set(asUser(key, booted)).send({});
      expect([overHttp.status, overHttp.body.code]).toEqual([403, UNAGREED.error.code]);
      await ask(asking, 'post', history, aMessage('from an agent')).expect(201);

      const agreed = { consented: true };
      await request(here).patch('/v1/users/me').set(asUser(key, booted)).send(agreed).expect(200);
      expect(await must(client, 'message:send', message)).toMatchObject({ duplicate: false });
      await must(client, 'message:edit', edit);
      await startConversation(client, 'another');
    }, 20_000);
  });

  describe('banned words', () => {
    it('are refused to users of the environment, with nothing stored and nothing begun', async () => {
      const other = await register(here, 'Strict');
      const key = other.environment.pluginKey;
      const path = `/v1/environments/${other.environment.id}`;
      const settings = { moderation: { bannedWords: ['SPAM', '바보'] } };
      const saved = await ask(other, 'patch', path, { settings }).expect(200);
      expect(saved.body.settings.moderation).toEqual({ ...settings.moderation, action: 'refuse' });
      await sleep(5_100);
      const booted = await boot(there, key);
      expect(JSON.stringify(booted)).not.toContain('바보');
      const client = await connect(there, { pluginKey: key, userToken: booted.userToken });
      clients.push(client);
      const mine = () => request(there).get('/v1/conversations').set(asUser(key, booted)).expect(200);
      expect(
        await call(client, 'conversation:create', { message: aMessage('buy ｓｐａｍ now') }),
      ).toMatchObject(REFUSED);
      expect(await call(client, 'conversation:create', { subject: '바보' })).toMatchObject(REFUSED);
      expect((await mine()).body.items).toEqual([]);

      const { id: conversationId } = await startConversation(client, 'hello');
      const refused = { conversationId, ...aMessage('이 바보야') };
      expect(await call(client, 'message:send', refused)).toMatchObject(REFUSED);
      const better = { ...refused, content: '안녕' };
      const { message, duplicate } = await must(client, 'message:send', better);
      expect([duplicate, message.seq]).toEqual([false, 2]);
      const edit = { conversationId, messageId: message.id, content: 'spam' };
      expect(await call(client, 'message:edit', edit)).toMatchObject(REFUSED);
      const messages = `/v1/conversations/${conversationId}/messages`;
      await ask(other, 'post', messages, aMessage('no spam please')).expect(201);
      const history = await ask(other, 'get', messages).expect(200);
      expect((history.body as MessageHistory).items.map(({ content }) => content)).toEqual([
        'hello',
        '안녕',
        'no spam please',
      ]);
    }, 20_000);

    it('are at most 200, and not empty', async () => {
      const path = `/v1/environments/${owner.environment.id}`;
      for (const bannedWords of [
        Array.from({ length: 201 }, String),
        ['  '],
        ['x'.repeat(101)],
        [{}],
        'spam',
        null,
      ]) {
        const refused = await ask(owner, 'patch', path, { settings: { moderation: { bannedWords } } });
        expect([bannedWords, refused.status]).toEqual([bannedWords, 400]);
      }
    });
  });

  describe('slow mode', () => {
    it('makes a user wait, on whatever node, and takes the same clientMessageId later', async () => {
      const { booted, client } = await visit();
      const { id: conversationId } = await startConversation(client, 'hello');
      const path = `/v1/conversations/${conversationId}`;
      const slowed = next(client, 'conversation:updated', (fact) => fact.conversation.slowModeSeconds === 4);
      await ask(agent, 'patch', path, { slowModeSeconds: 4 }).expect(200);
      await slowed;
      const { last, refused } = await sendUntilSlowed(client, conversationId);
      const { conversationId: _, ...body } = refused;
      const overHttp = await request(here)
        .post(`${path}/messages`)
        .set(asUser(pluginKey, booted))
        .send(body)
        .expect(429);
      expect(overHttp.body).toMatchObject(SLOW.error);
      expect(Number(overHttp.headers['retry-after'])).toBeGreaterThan(0);
      expect(await must(client, 'message:send', last)).toMatchObject({ duplicate: true });
      for (const content of ['a', 'b'])
        await ask(agent, 'post', `${path}/messages`, aMessage(content)).expect(201);
      await sleep(4_000);
      expect(await must(client, 'message:send', refused)).toMatchObject({ duplicate: false });
      await ask(agent, 'patch', path, { slowModeSeconds: 0 }).expect(200);
      expect((await contentsOf(conversationId)).slice(-3)).toEqual(['a', 'b', refused.content]);
    }, 30_000);

    /** A node that was not told directly goes by what it remembers for a while. */
    async function sendUntilSlowed(client: Client, conversationId: string) {
      const send = (content: string) => ({ conversationId, ...aMessage(content) });
      const deadline = Date.now() + FELT_WITHIN_MS;
      let last = send('0');
      await must(client, 'message:send', last);
      for (let count = 1; ; count++) {
        const message = send(`${count}`);
        const answer = await call(client, 'message:send', message);
        if (!answer.ok || Date.now() > deadline) {
          expect(answer).toMatchObject(SLOW);
          return { last, refused: message };
        }
        last = message;
        await sleep(500);
      }
    }

    it('in a channel is set by who manages it, and slows down all but admins', async () => {
      const channel = { kind: 'channel', name: 'busy', visibility: 'public' };
      const made = await ask(owner, 'post', '/v1/conversations', channel).expect(201);
      const path = `/v1/conversations/${(made.body as ConversationView).id}`;
      await ask(agent, 'post', `${path}/join`).expect(200);
      await ask(agent, 'patch', path, { slowModeSeconds: 60 }).expect(403);
      for (const slowModeSeconds of [-1, 21_601, 1.5, '5', null]) {
        await ask(owner, 'patch', path, { slowModeSeconds }).expect(400);
      }
      await ask(owner, 'patch', path, { slowModeSeconds: 60 }).expect(200);
      const say = (as: RegistrationView) => ask(as, 'post', `${path}/messages`, aMessage());
      await say(agent).expect(201);
      expect((await say(agent).expect(429)).body).toMatchObject({ code: 'chat.slow_mode' });
      await say(owner).expect(201);
      await say(owner).expect(201);
    });
  });

  it('managers delete what others said, and nobody else does', async () => {
    const { client } = await visit();
    const { id } = await startConversation(client, 'rude');
    const history = await ask(owner, 'get', `/v1/conversations/${id}/messages`).expect(200);
    const path = `/v1/conversations/${id}/messages/${(history.body as MessageHistory).items[0]?.id}`;
    await ask(agent, 'delete', path).expect(403);
    const gone = next(client, 'message:updated', ({ message }) => message.deletedAt !== null);
    await ask(owner, 'delete', path).expect(200);
    expect((await gone).message).toMatchObject({ content: '' });
  });
});
