import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConversationView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
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

const ARCHIVED = { ok: false, error: { code: 'chat.conversation_archived' } };

describe('groups and channels', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let member: RegistrationView;
  let other: RegistrationView;
  let viewer: RegistrationView;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    [member, other, viewer] = (await Promise.all(
      (['agent', 'agent', 'viewer'] as const).map((role, index) =>
        hire(here, owner, { role, name: `${role} ${index}` }),
      ),
    )) as [RegistrationView, RegistrationView, RegistrationView];
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  const open = async (url: string, { accessToken }: RegistrationView) => {
    const client = await connect(url, { token: accessToken });
    clients.push(client);
    return client;
  };
  type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
  const ask = (who: RegistrationView, method: Method, path: string, body?: object, url = here) =>
    request(url)[method](`/v1/conversations${path}`).set(asAgent(who)).send(body);
  const aChannel = async (maker: RegistrationView, fields: object = {}): Promise<ConversationView> => {
    const body = { kind: 'channel', name: 'product', visibility: 'public', ...fields };
    return (await ask(maker, 'post', '', body).expect(201)).body as ConversationView;
  };
  const idsOf = async (who: RegistrationView, query = '') => {
    const { items } = (await ask(who, 'get', `?limit=100&${query}`).expect(200)).body as {
      items: ConversationView[];
    };
    return items.map(({ id }) => id);
  };
  const code = (value: string) => expect.objectContaining({ code: value });

  it('anyone joins a public channel, hears it, renames it, and leaves it for good', async () => {
    const { id } = await aChannel(owner, { description: 'What we build next' });
    const [one, two] = await Promise.all([open(here, owner), open(there, member)]);
    const joined = await ask(member, 'post', `/${id}/join`, undefined, there).expect(200);
    expect(joined.body).toMatchObject({ id, name: 'product', description: 'What we build next' });
    await ask(member, 'post', `/${id}/join`, undefined, there).expect(200);
    for (const client of [one, two]) await must(client, 'conversation:open', { conversationId: id });

    const renamed = next(one, 'conversation:updated', ({ conversation }) => conversation.name === '상품');
    await ask(member, 'patch', `/${id}`, { name: '상품', description: null }).expect(200);
    expect((await renamed).conversation).toMatchObject({ id, name: '상품', description: null });

    const ended = next(two, 'conversation:removed', ({ conversationId }) => conversationId === id);
    await ask(member, 'post', `/${id}/leave`).expect(204);
    await ended;
    const heard: unknown[] = [];
    two.on('message:created', (fact) => heard.push(fact));
    await must(one, 'message:send', { conversationId: id, ...aMessage('after') });
    await must(two, 'ping', {});
    expect(heard).toEqual([]);
    await ask(member, 'post', `/${id}/leave`).expect(204);
    const refused = await ask(member, 'patch', `/${id}`, { name: 'x' }).expect(403);
    expect(refused.body).toEqual(code('chat.not_participant'));
  });

  it('a private channel is for its members only: for everybody else it is not there', async () => {
    const { id } = await aChannel(member, { visibility: 'private', name: 'secret plans' });
    for (const stranger of [other, owner]) {
      expect(await idsOf(stranger)).not.toContain(id);
      expect(await idsOf(stranger, 'query=secret')).not.toContain(id);
      const attempts = [
        ask(stranger, 'get', `/${id}`),
        ask(stranger, 'post', `/${id}/join`),
        ask(stranger, 'post', `/${id}/leave`),
        ask(stranger, 'put', `/${id}/archive`, { archived: true }),
        ask(stranger, 'patch', `/${id}`, { name: 'x' }),
      ];
      for (const attempt of attempts)
        expect((await attempt.expect(404)).body).toEqual(code('chat.not_found'));
    }
    await ask(member, 'post', `/${id}/participants`, { agentIds: [other.agent.id] }).expect(200);
    expect(await idsOf(other)).toContain(id);
  });

  it('members invite, and only admins and the maker send others away', async () => {
    const { id } = await aChannel(member);
    for (const one of [other, viewer, owner]) await ask(one, 'post', `/${id}/join`).expect(200);
    const remove = (as: RegistrationView, { agent }: RegistrationView) =>
      ask(as, 'delete', `/${id}/participants`, { agentIds: [agent.id] });
    expect((await remove(other, viewer).expect(403)).body).toEqual(code('auth.forbidden'));
    await remove(member, viewer).expect(204);
    await remove(owner, member).expect(204);
    await ask(other, 'post', `/${id}/participants`, { agentIds: [member.agent.id] }).expect(200);
    await remove(other, other).expect(204);
  });

  it('what is archived can be read and not written in, on whatever node, until it is taken out', async () => {
    const { id } = await aChannel(member);
    await ask(other, 'post', `/${id}/join`).expect(200);
    const [one, two] = await Promise.all([open(here, member), open(there, other)]);
    const sent = await must(one, 'message:send', { conversationId: id, ...aMessage('kept') });
    expect((await ask(other, 'put', `/${id}/archive`, { archived: true }).expect(403)).body).toEqual(
      code('auth.forbidden'),
    );
    const told = next(two, 'conversation:updated', ({ conversation }) => conversation.archivedAt !== null);
    const archived = await ask(member, 'put', `/${id}/archive`, { archived: true }).expect(200);
    const again = await ask(owner, 'post', `/${id}/join`).expect(409);
    expect(again.body).toEqual(code('chat.conversation_archived'));
    expect((await told).conversation).toMatchObject({ id, archivedAt: archived.body.archivedAt });

    const ref = { conversationId: id, messageId: sent.message.id };
    expect(await call(two, 'message:send', { conversationId: id, ...aMessage() })).toMatchObject(ARCHIVED);
    expect(await call(one, 'message:edit', { ...ref, content: 'x' })).toMatchObject(ARCHIVED);
    expect(await call(one, 'message:react', { ...ref, emoji: '👍', on: true })).toMatchObject(ARCHIVED);
    expect(await call(two, 'typing:set', { conversationId: id, typing: true })).toMatchObject(ARCHIVED);
    await ask(member, 'patch', `/${id}`, { name: 'x' }).expect(409);
    const history = await ask(other, 'get', `/${id}/messages`, undefined, there).expect(200);
    expect(history.body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ content: 'kept' })]),
    });
    expect([await idsOf(member), await idsOf(owner)].flat()).not.toContain(id);
    expect(await idsOf(owner, 'archived=true&joined=false')).toContain(id);
    expect(await idsOf(owner, 'archived=true&joined=true')).not.toContain(id);
    expect(archived.body.createdBy).toEqual({ type: 'agent', id: member.agent.id });

    await ask(member, 'put', `/${id}/archive`, { archived: false }).expect(200);
    await must(two, 'message:send', { conversationId: id, ...aMessage('on we go') });
    expect(await idsOf(member)).toContain(id);
  });

  it('refuses with a code what does not go with a kind', async () => {
    const direct = await ask(owner, 'post', '', { kind: 'direct', agentIds: [member.agent.id] });
    const { pluginKey } = owner.environment;
    const booted = await boot(here, pluginKey);
    const visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    clients.push(visitor);
    const support = await startConversation(visitor);
    for (const id of [(direct.body as ConversationView).id, support.id]) {
      const attempts = [
        ask(owner, 'post', `/${id}/join`),
        ask(owner, 'post', `/${id}/leave`),
        ask(owner, 'patch', `/${id}`, { name: 'x' }),
        ask(owner, 'patch', `/${id}`, { description: 'x' }),
        ask(owner, 'put', `/${id}/archive`, { archived: true }),
      ];
      for (const attempt of attempts)
        expect((await attempt.expect(409)).body).toEqual(code('chat.wrong_kind'));
    }
    const asVisitor = asUser(pluginKey, booted);
    for (const path of ['join', 'leave']) {
      await request(here).post(`/v1/conversations/${support.id}/${path}`).set(asVisitor).expect(403);
    }
  });
});
