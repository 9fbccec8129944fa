import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asPartner,
  asUser,
  boot,
  call,
  connect,
  must,
  next,
  register,
  startConversation,
  type Client,
} from '../support/people.js';

describe('a visitor on one node and an agent on another', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  async function people() {
    const registered = await register(here);
    const { pluginKey } = registered.environment;
    const booted = await boot(here, pluginKey);
    const visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    const agent = await connect(there, { token: registered.accessToken });
    clients.push(visitor, agent);
    return { registered, pluginKey, booted, visitor, agent };
  }

  it('talk to each other live, with one order for both', async () => {
    const { visitor, agent } = await people();
    const seenInInbox = next(agent, 'conversation:created');
    const conversation = await startConversation(visitor, '제품 교환 문의입니다');
    expect((await seenInInbox).conversation).toMatchObject({
      id: conversation.id,
      kind: 'support',
      status: 'open',
    });

    expect(await must(agent, 'conversation:open', { conversationId: conversation.id })).toEqual({
      headSeq: 1,
      headRev: 0,
    });
    const answered = next(visitor, 'message:created', ({ message }) => message.seq === 2);
    const sent = await must(agent, 'message:send', {
      conversationId: conversation.id,
      ...aMessage('네, 도와드릴게요'),
    });
    expect(sent).toMatchObject({
      duplicate: false,
      message: { seq: 2, sender: { type: 'agent', name: 'Jiwoo Park' } },
    });
    expect((await answered).message).toEqual(sent.message);

    const heard = next(agent, 'message:created', ({ message }) => message.seq === 3);
    await must(visitor, 'message:send', { conversationId: conversation.id, ...aMessage('고맙습니다') });
    expect((await heard).message).toMatchObject({ seq: 3, content: '고맙습니다', sender: { type: 'user' } });
  });

  it('keeps the inbox of an agent who opened nothing up to date by summaries', async () => {
    const { visitor, agent } = await people();
    const conversation = await startConversation(visitor);
    const summary = next(
      agent,
      'conversation:updated',
      (fact) => fact.conversation.lastMessage?.content === 'second',
    );
    await must(visitor, 'message:send', { conversationId: conversation.id, ...aMessage('second') });
    expect((await summary).conversation).toMatchObject({ id: conversation.id, headSeq: 2 });
  });

  it('sends a message once, however often and wherever it is sent again', async () => {
    const { visitor, pluginKey, booted } = await people();
    const conversation = await startConversation(visitor);
    const body = { conversationId: conversation.id, ...aMessage('once') };
    const first = await must(visitor, 'message:send', body);
    expect(await must(visitor, 'message:send', body)).toEqual({ message: first.message, duplicate: true });
    const { conversationId, ...rest } = body;
    const overHttp = await request(there)
      .post(`/v1/conversations/${conversationId}/messages`)
      .set(asUser(pluginKey, booted))
      .send(rest)
      .expect(200);
    expect(overHttp.body).toEqual({ message: first.message, duplicate: true });
    const other = await call(visitor, 'message:send', { ...body, content: 'something else' });
    expect(other).toMatchObject({ ok: false, error: { code: 'chat.idempotency_conflict' } });
  });

  it('gives dense numbers to messages that come at once from both nodes', async () => {
    const { visitor, agent } = await people();
    const { id: conversationId } = await startConversation(visitor, 'first');
    const sends = Array.from({ length: 60 }, (_, index) =>
      must(index % 2 ? visitor : agent, 'message:send', { conversationId, ...aMessage(`m${index}`) }),
    );
    const seqs = (await Promise.all(sends)).map(({ message }) => message.seq).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 2));
  });

  it('gives back exactly what was missed', async () => {
    const { visitor, agent, pluginKey, booted } = await people();
    const { id } = await startConversation(visitor, 'one');
    visitor.disconnect();
    for (const content of ['two', 'three'])
      await must(agent, 'message:send', { conversationId: id, ...aMessage(content) });
    const back = await connect(there, { pluginKey, userToken: booted.userToken });
    clients.push(back);
    const { conversations } = await must(back, 'conversation:sync', {
      conversations: [{ id, afterSeq: 1, afterRev: 0 }],
    });
    expect(conversations).toMatchObject([{ id, headSeq: 3, hasMore: false, reset: false, access: 'ok' }]);
    expect(conversations[0]?.messages.map(({ content }) => content)).toEqual(['two', 'three']);
  });

  it('tells the newest heads of their own conversations to those who come back', async () => {
    const { visitor, pluginKey, booted } = await people();
    const { id } = await startConversation(visitor);
    const again = next(visitor, 'hello');
    visitor.disconnect();
    visitor.auth = { pluginKey, userToken: booted.userToken };
    visitor.connect();
    expect(await again).toMatchObject({
      principal: { type: 'user', id: booted.user.id },
      heads: [{ id, headSeq: 1 }],
    });
  });

  it('shows what is read, and counts what is not', async () => {
    const { visitor, agent, registered } = await people();
    const { id } = await startConversation(visitor, 'one');
    await must(visitor, 'message:send', { conversationId: id, ...aMessage('two') });
    const list = await request(there).get('/v1/conversations').set(asAgent(registered)).expect(200);
    expect(list.body.items[0]).toMatchObject({ id, unread: 2 });
    const seen = next(visitor, 'conversation:read');
    expect(await must(agent, 'conversation:read', { conversationId: id, seq: 1 })).toEqual({
      readSeq: 1,
      unread: 1,
    });
    expect(await seen).toMatchObject({ conversationId: id, reader: { type: 'agent' }, readSeq: 1 });
    expect(await must(agent, 'conversation:read', { conversationId: id, seq: 0 })).toEqual({
      readSeq: 1,
      unread: 1,
    });
    expect(await must(agent, 'conversation:read', { conversationId: id, seq: 999 })).toEqual({
      readSeq: 2,
      unread: 0,
    });
  });

  it('shows who is typing to the other side only', async () => {
    const { visitor, agent } = await people();
    const { id } = await startConversation(visitor);
    await must(agent, 'conversation:open', { conversationId: id });
    const own: unknown[] = [];
    visitor.on('typing', (fact) => own.push(fact));
    const seen = next(agent, 'typing');
    await must(visitor, 'typing:set', { conversationId: id, typing: true });
    expect(await seen).toMatchObject({ conversationId: id, typing: true, sender: { type: 'user' } });
    expect(own).toEqual([]);
  });

  it('keeps notes between agents from the user, everywhere', async () => {
    const { visitor, agent, pluginKey, booted } = await people();
    const { id } = await startConversation(visitor);
    await must(agent, 'conversation:open', { conversationId: id });
    const facts: unknown[] = [];
    visitor.onAny((...event) => facts.push(event));
    const note = next(agent, 'message:created', ({ message }) => message.seq === 2);
    await must(agent, 'message:send', {
      conversationId: id,
      ...aMessage('a difficult customer'),
      private: true,
    });
    expect((await note).message.private).toBe(true);
    const visible = next(visitor, 'message:created', ({ message }) => message.content === 'hello');
    await must(agent, 'message:send', { conversationId: id, ...aMessage('hello') });
    await visible;
    const history = await request(here)
      .get(`/v1/conversations/${id}/messages`)
      .set(asUser(pluginKey, booted))
      .expect(200);
    const listed = await request(here).get('/v1/conversations').set(asUser(pluginKey, booted)).expect(200);
    const synced = await must(visitor, 'conversation:sync', {
      conversations: [{ id, afterSeq: 0, afterRev: 0 }],
    });
    expect(JSON.stringify([facts, history.body, listed.body, synced])).not.toContain('difficult');
    expect(history.body.items).toHaveLength(2);
    const asNote = { conversationId: id, ...aMessage('me too'), private: true };
    expect(await call(visitor, 'message:send', asNote)).toMatchObject({
      ok: false,
      error: { code: 'auth.forbidden' },
    });
  });

  it('opens a resolved conversation when its user writes again', async () => {
    const { visitor, agent, registered } = await people();
    const { id } = await startConversation(visitor);
    const path = `/v1/conversations/${id}`;
    const { agent: me } = registered;
    const assigned = await request(there)
      .put(`${path}/assignee`)
      .set(asAgent(registered))
      .send({ agentId: me.id })
      .expect(200);
    expect(assigned.body.assignee).toMatchObject({ id: me.id, name: me.name });
    const resolved = await request(there)
      .put(`${path}/status`)
      .set(asAgent(registered))
      .send({ status: 'resolved' })
      .expect(200);
    expect(resolved.body).toMatchObject({ status: 'resolved', resolvedAt: expect.any(String) });
    const reopened = next(
      agent,
      'conversation:updated',
      ({ conversation }) => conversation.status === 'open',
    );
    await must(visitor, 'message:send', { conversationId: id, ...aMessage('one more thing') });
    expect((await reopened).conversation).toMatchObject({ id, assignee: { id: me.id } });
  });

  it('wakes a snoozed conversation when its time has come', async () => {
    const { visitor, agent, registered } = await people();
    const { id } = await startConversation(visitor);
    const woken = next(
      agent,
      'conversation:updated',
      ({ conversation }) => conversation.status === 'open',
      20_000,
    );
    const until = new Date(Date.now() + 4_000).toISOString();
    const snoozed = await request(there)
      .put(`/v1/conversations/${id}/status`)
      .set(asAgent(registered))
      .send({ status: 'snoozed', until })
      .expect(200);
    expect(snoozed.body).toMatchObject({ status: 'snoozed', snoozedUntil: until });
    expect((await woken).conversation.snoozedUntil).toBeNull();
  });

  it("lets a partner's backend upsert a member, start a conversation and read it", async () => {
    const { registered } = await people();
    const key = await request(here)
      .post(`/v1/environments/${registered.environment.id}/api-keys`)
      .set(asAgent(registered))
      .send({ name: 'backend' })
      .expect(201);
    const partner = asPartner(key.body);
    const member = await request(there)
      .put('/v1/users/by-member/member-1001')
      .set(partner)
      .send({ profile: { name: 'Kim Minji' } });
    expect([200, 201]).toContain(member.status);
    expect(member.body).toMatchObject({
      memberId: 'member-1001',
      identity: 'verified',
      profile: { name: 'Kim Minji' },
    });
    const started = await request(there)
      .post('/v1/conversations')
      .set(partner)
      .send({ memberId: 'member-1001', message: aMessage('Your order has left our house.') })
      .expect(201);
    expect(started.body).toMatchObject({
      kind: 'support',
      user: { name: 'Kim Minji' },
      message: { seq: 1, sender: { type: 'bot' } },
    });
    const read = await request(here)
      .get(`/v1/conversations/${started.body.id}/messages`)
      .set(partner)
      .expect(200);
    expect(read.body).toMatchObject({ headSeq: 1, minSeq: 1, hasMore: false, items: [{ seq: 1 }] });
  });

  it('is all there after every node was started again', async () => {
    const { visitor, booted, pluginKey } = await people();
    const { id } = await startConversation(visitor, 'remember me');
    const restarted = await startApp(cluster.databases);
    const booting = await boot(restarted.url, pluginKey, { visitorToken: booted.visitorToken });
    expect(booting.user.id).toBe(booted.user.id);
    const history = await request(restarted.url)
      .get(`/v1/conversations/${id}/messages`)
      .set(asUser(pluginKey, booting))
      .expect(200);
    expect(history.body.items).toMatchObject([{ seq: 1, content: 'remember me' }]);
    await restarted.stop();
  });
});
