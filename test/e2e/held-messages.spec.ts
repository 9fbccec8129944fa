import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type {
  AttachmentView,
  ConversationView,
  FoundMessageView,
  HeldMessageView,
  MessageHistory,
  MessageView,
  ReviewDecision,
  SyncedConversation,
} from '../../src/contracts/chat.js';
import type { Page } from '../../src/contracts/common.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { newId } from '../../src/common/ids.js';
import { approveBy } from '../../src/modules/chat/message-change.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asPartner,
  asUser,
  boot,
  call,
  type Client,
  connect,
  hire,
  must,
  next,
  register,
} from '../support/people.js';
import { pathOf, upload } from '../support/uploads.js';
import { until } from '../support/waiting.js';

const BANNED = 'casino';
const refused = (code: string) => ({ ok: false, error: { code } });

type Headers = Record<string, string>;

describe('held messages', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let pluginKey: string;
  let viewer: Headers;
  let blind: Headers;
  let reader: Headers;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    ({ pluginKey } = owner.environment);
    viewer = asAgent(await hire(here, owner, { role: 'viewer' }));
    blind = await keyWith(['conversations:read', 'messages:read', 'messages:write']);
    reader = await keyWith(['conversations:read', 'messages:read', 'notes:read']);
    const settings = { moderation: { bannedWords: [BANNED], action: 'hold' } };
    await ask('patch', `/v1/environments/${owner.environment.id}`, { settings }).expect(200);
    await untilItHolds();
  }, 60_000);

  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await rejectAll();
  });

  afterAll(() => cluster.stop());

  type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const as = (who: Headers, method: Method, path: string, body?: object, url = here) =>
    request(url)[method](path).set(who).send(body);
  const ask = (method: Method, path: string, body?: object, url = here) =>
    as(asAgent(owner), method, path, body, url);

  async function keyWith(scopes: string[]): Promise<Headers> {
    const path = `/v1/environments/${owner.environment.id}/api-keys`;
    const made = await ask('post', path, { name: scopes.join(), scopes }).expect(201);
    return asPartner(made.body as { apiKey: string; apiSecret: string });
  }

  /** Both nodes go by what they know of the settings for a while. */
  async function untilItHolds(): Promise<void> {
    for (const url of [here, there]) {
      const { client } = await visit(url);
      await until(async () => {
        const { message } = await must(client, 'conversation:create', { message: aMessage(BANNED) });
        return message?.held ?? false;
      });
    }
    await rejectAll();
  }

  async function rejectAll(): Promise<void> {
    for (const { message } of await heldNow()) await review(message, 'reject').expect(200);
  }

  async function visit(url = there) {
    const booted = await boot(here, pluginKey);
    const client = await connect(url, { pluginKey, userToken: booted.userToken });
    clients.push(client);
    return { client, visitor: asUser(pluginKey, booted) };
  }

  async function listen(conversationId: string): Promise<Client> {
    const agent = await connect(here, { token: owner.accessToken });
    clients.push(agent);
    await must(agent, 'conversation:open', { conversationId });
    return agent;
  }

  const heldNow = async () =>
    ((await ask('get', '/v1/messages/held').expect(200)).body as Page<HeldMessageView>).items;
  const review = ({ conversationId, id }: MessageView, decision: ReviewDecision, who = asAgent(owner)) =>
    as(who, 'put', `/v1/conversations/${conversationId}/messages/${id}/review`, { decision });
  const viewOf = async (id: string) =>
    (await ask('get', `/v1/conversations/${id}`).expect(200)).body as ConversationView;
  const idsFor = async (who: Headers, conversationId: string) => {
    const answer = await as(who, 'get', `/v1/conversations/${conversationId}/messages`).expect(200);
    return (answer.body as MessageHistory).items.map(({ id }) => id);
  };
  const changesFor = async (who: Headers, conversationId: string) => {
    const path = `/v1/conversations/${conversationId}/sync?afterSeq=3&afterRev=0`;
    const sync = await as(who, 'get', path).expect(200);
    return (sync.body as SyncedConversation).changes;
  };
  const found = async (conversationId: string) => {
    const path = `/v1/messages/search?query=${BANNED}&conversationId=${conversationId}`;
    return ((await ask('get', path).expect(200)).body as Page<FoundMessageView>).items;
  };

  /** Until it is said in the conversation, too. */
  async function resolve(conversationId: string, agent: Client): Promise<void> {
    const said = next(agent, 'message:created', ({ message }) => message.type === 'system');
    await ask('put', `/v1/conversations/${conversationId}/status`, { status: 'resolved' }).expect(200);
    await said;
  }

  /** Two messages, the second of which is held, in a conversation that was resolved in between. */
  async function holdOne() {
    const { client, visitor } = await visit();
    const { conversation } = await must(client, 'conversation:create', { message: aMessage('hello') });
    const agent = await listen(conversation.id);
    await resolve(conversation.id, agent);
    const told = next(agent, 'message:created', ({ message }) => message.held);
    const counted = next(
      agent,
      'conversation:updated',
      (fact) => fact.conversation.id === conversation.id && fact.conversation.headSeq === 3,
    );
    const body = { conversationId: conversation.id, ...aMessage(`best ${BANNED} in town`) };
    const { message } = await must(client, 'message:send', body);
    expect((await told).message).toMatchObject({ id: message.id, content: body.content });
    expect((await counted).conversation).toMatchObject({ status: 'resolved', lastMessage: { seq: 1 } });
    return { client, visitor, agent, message, body, conversationId: conversation.id };
  }

  it('are acknowledged to who sent them, shown to agents, and cause nothing else', async () => {
    const { client, visitor, message, body, conversationId } = await holdOne();
    expect(message).toMatchObject({ seq: 3, held: true });
    expect(await must(client, 'message:send', body)).toMatchObject({
      duplicate: true,
      message: { id: message.id, held: true },
    });
    expect(await viewOf(conversationId)).toMatchObject({
      status: 'resolved',
      headSeq: 3,
      unread: 1,
      lastMessage: { seq: 1 },
    });
    expect(await found(conversationId)).toEqual([]);
    for (const who of [visitor, asAgent(owner), viewer, reader])
      expect(await idsFor(who, conversationId)).toContain(message.id);
    expect(await idsFor(blind, conversationId)).not.toContain(message.id);
    const path = `/v1/conversations/${conversationId}`;
    const { body: synced } = await as(blind, 'get', `${path}/sync?afterSeq=2&afterRev=0`).expect(200);
    expect(synced).toMatchObject({ messages: [], headSeq: 3 });
    expect((await as(blind, 'get', `${path}/export?format=text`).expect(200)).text).not.toContain(BANNED);
    expect((await as(visitor, 'get', `${path}/export?format=text`).expect(200)).text).toContain(BANNED);
    expect(await heldNow()).toMatchObject([
      { message: { id: message.id }, conversation: { id: conversationId } },
    ]);
  });

  it('are not answered, edited, reacted to or pinned, and may be deleted by who sent them', async () => {
    const { client, message, conversationId } = await holdOne();
    const ref = { conversationId, messageId: message.id };
    const path = `/v1/conversations/${conversationId}/messages`;
    const answer = { ...aMessage('really?'), replyToId: message.id };
    expect((await ask('post', path, answer).expect(409)).body).toMatchObject({ code: 'chat.message_held' });
    expect(await call(client, 'message:edit', { ...ref, content: 'hi' })).toMatchObject(
      refused('chat.message_held'),
    );
    expect(await call(client, 'message:react', { ...ref, emoji: '👍', on: true })).toMatchObject(
      refused('chat.message_held'),
    );
    await ask('put', `${path}/${message.id}/pin`).expect(409);
    await as(blind, 'put', `${path}/${message.id}/pin`).expect(404);
    const gone = await must(client, 'message:delete', ref);
    expect(gone.message).toMatchObject({ content: '', held: false });
    expect(await heldNow()).toEqual([]);
    await review(message, 'reject').expect(200);
    expect((await review(message, 'approve').expect(409)).body).toMatchObject({
      code: 'chat.message_deleted',
    });
  });

  it('refuses what cannot be held: a subject, an edit', async () => {
    const { client } = await visit();
    expect(await call(client, 'conversation:create', { subject: BANNED })).toMatchObject(
      refused('chat.message_refused'),
    );
    const { conversation, message } = await must(client, 'conversation:create', { message: aMessage() });
    const edit = { conversationId: conversation.id, messageId: message!.id, content: BANNED };
    expect(await call(client, 'message:edit', edit)).toMatchObject(refused('chat.message_refused'));
  });

  it('once approved are there for all, with everything that follows from a message', async () => {
    const { client, agent, message, conversationId } = await holdOne();
    const isIt = (fact: { message: MessageView }) => fact.message.id === message.id;
    const [seenByAgent, seenByUser] = [agent, client].map((one) => next(one, 'message:updated', isIt));
    const reopened = next(
      agent,
      'conversation:updated',
      (fact) => fact.conversation.id === conversationId && fact.conversation.headRev === 1,
    );
    const approved = await review(message, 'approve', asAgent(await hire(here, owner))).expect(200);
    expect(approved.body).toMatchObject({ id: message.id, held: false, rev: 1 });
    for (const fact of [await seenByAgent, await seenByUser])
      expect(fact?.message).toMatchObject({ held: false, rev: 1, content: message.content });
    expect((await reopened).conversation).toMatchObject({ status: 'open', lastMessage: { id: message.id } });
    expect(await viewOf(conversationId)).toMatchObject({ status: 'open', unread: 2 });
    expect(await idsFor(blind, conversationId)).toContain(message.id);
    expect(await changesFor(blind, conversationId)).toMatchObject([{ id: message.id, held: false }]);
    await untilFound(conversationId);
    expect(await heldNow()).toEqual([]);
    expect((await review(message, 'approve').expect(200)).body).toMatchObject({ rev: 1 });
    expect((await review(message, 'reject').expect(409)).body).toMatchObject({
      code: 'chat.message_not_held',
    });
  });

  async function untilFound(conversationId: string): Promise<void> {
    await until(async () => (await found(conversationId)).length > 0);
  }

  it('reopens a conversation that was resolved while the message waited', async () => {
    const { agent, message, conversationId } = await holdOne();
    await ask('put', `/v1/conversations/${conversationId}/status`, { status: 'open' }).expect(200);
    await resolve(conversationId, agent);
    await review(message, 'approve').expect(200);
    expect(await viewOf(conversationId)).toMatchObject({ status: 'open', lastMessage: { id: message.id } });
  });

  it("once rejected leave a tombstone, which is nobody's last message", async () => {
    const { client, agent, message, conversationId } = await holdOne();
    const gone = [agent, client].map((one) =>
      next(one, 'message:updated', (fact) => fact.message.deletedAt !== null),
    );
    const answer = await review(message, 'reject').expect(200);
    expect(answer.body).toMatchObject({ content: '', held: false, deletedAt: expect.any(String) });
    for (const fact of await Promise.all(gone))
      expect(fact.message).toMatchObject({ id: message.id, content: '' });
    expect((await review(message, 'reject').expect(200)).body).toEqual(answer.body);
    expect(await viewOf(conversationId)).toMatchObject({ status: 'resolved', lastMessage: { seq: 1 } });
    expect(await idsFor(blind, conversationId)).not.toContain(message.id);
    expect(await heldNow()).toEqual([]);
  });

  describe('with a file', () => {
    async function holdFile() {
      const { client, visitor } = await visit();
      const { conversation } = await must(client, 'conversation:create', { message: aMessage('hello') });
      const file = await upload(here, visitor);
      const body = { conversationId: conversation.id, ...aMessage(BANNED), attachmentIds: [file.id] };
      const { message } = await must(client, 'message:send', body);
      expect(message).toMatchObject({ held: true, attachments: [{ id: file.id }] });
      const links = [file.url, file.thumbnailUrl ?? ''].map(pathOf);
      return { visitor, message, file, links };
    }
    const statusesOf = (paths: string[]) =>
      Promise.all(paths.map(async (path) => (await request(there).get(path)).status));
    const fetched = (who: Headers, { id }: AttachmentView) =>
      as(who, 'get', `/v1/files/${id}`, undefined, there);

    it('give it to those who see them, and to partners once they are approved', async () => {
      const { visitor, message, file } = await holdFile();
      for (const who of [visitor, asAgent(owner), viewer, reader]) await fetched(who, file).expect(200);
      expect((await fetched(blind, file).expect(404)).body).toMatchObject({ code: 'files.not_found' });
      await review(message, 'approve').expect(200);
      for (const who of [visitor, asAgent(owner), viewer, reader, blind]) {
        const { url, thumbnailUrl } = (await fetched(who, file).expect(200)).body as AttachmentView;
        expect(await statusesOf([url, thumbnailUrl ?? ''].map(pathOf))).toEqual([200, 200]);
      }
    });

    it('give it to nobody any more once they are rejected, as if deleted', async () => {
      const { visitor, message, file, links } = await holdFile();
      expect(await statusesOf(links)).toEqual([200, 200]);
      await review(message, 'reject').expect(200);
      for (const who of [visitor, asAgent(owner), viewer, reader, blind])
        await fetched(who, file).expect(404);
      await until(async () => expect(await statusesOf(links)).toEqual([404, 404]));
    });
  });

  it('are listed page by page, within the tenant and the environment', async () => {
    const [first, second] = [await holdOne(), await holdOne()];
    const page = async (query: string) =>
      (await ask('get', `/v1/messages/held?${query}`).expect(200)).body as Page<HeldMessageView>;
    const environment = `environmentId=${owner.environment.id}`;
    const newest = await page(`limit=1&${environment}`);
    expect(newest.items.map(({ message }) => message.id)).toEqual([second.message.id]);
    const rest = await page(`limit=1&cursor=${newest.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ message: { id: first.message.id } }], nextCursor: null });
    expect((await page(`environmentId=${newId()}`)).items).toEqual([]);
    const foreigner = asAgent(await register(here, 'Elsewhere'));
    expect((await as(foreigner, 'get', '/v1/messages/held').expect(200)).body.items).toEqual([]);
    expect((await review(first.message, 'approve', foreigner).expect(404)).body).toMatchObject({
      code: 'chat.not_found',
    });
  });

  it('are reviewed by those who work, and nobody else', async () => {
    const { visitor, message } = await holdOne();
    for (const who of [viewer, visitor, blind, reader]) {
      await review(message, 'approve', who).expect(403);
      await as(who, 'get', '/v1/messages/held').expect(403);
    }
    const elsewhere = { ...message, id: newId() };
    await review(elsewhere, 'approve').expect(404);
    await review(message, 'maybe' as ReviewDecision).expect(400);
  });

  it('are finished by another node when the one that approved died right after', async () => {
    const { client, message, conversationId } = await holdOne();
    const told = next(client, 'message:updated', (fact) => fact.message.id === message.id, 20_000);
    const messages = cluster.nodes[0]!.app.get(MessageRepository, { strict: false });
    const scope = { organizationId: owner.organization.id };
    const rule = approveBy({ type: 'agent', id: owner.agent.id }, new Date());
    const outbox = [{ task: 'approval' as const, due: new Date() }];
    await messages.change(scope, conversationId, message.id, rule, outbox);
    expect((await told).message).toMatchObject({ held: false });
    await until(async () => (await viewOf(conversationId)).status === 'open');
    expect(await viewOf(conversationId)).toMatchObject({ unread: 2, lastMessage: { id: message.id } });
  });
});
