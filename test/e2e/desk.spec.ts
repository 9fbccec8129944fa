import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { BulkChangeResult, ConversationCounts, ConversationView } from '../../src/contracts/chat.js';
import type { Page } from '../../src/contracts/common.js';
import type { OverviewView } from '../../src/contracts/overview.js';
import type {
  RegistrationView,
  SavedReplyView,
  SavedViewView,
  TeamView,
} from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { ActivityCounter } from '../../src/modules/chat/overview/activity-counter.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asUser,
  boot,
  call,
  connect,
  hire,
  must,
  next,
  register,
  startConversation,
  type Client,
} from '../support/people.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

describe('the desk, over two nodes', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let colleague: RegistrationView;
  let visitor: BootView;
  let pluginKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
  }, 60_000);

  beforeEach(async () => {
    owner = await register(here);
    colleague = await hire(here, owner, { name: 'Minsu' });
    pluginKey = owner.environment.pluginKey;
    visitor = await boot(here, pluginKey, { profile: { name: 'Kim Minji' } });
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  const ask = async <T>(method: Method, path: string, body?: object, as = owner, url = there) => {
    const asked = request(url)[method](path).set(asAgent(as));
    const answer = await (body ? asked.send(body) : asked);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  };
  const open = async (url: string, who: RegistrationView | BootView) => {
    const auth = 'userToken' in who ? { pluginKey, userToken: who.userToken } : { token: who.accessToken };
    const client = await connect(url, auth);
    clients.push(client);
    return client;
  };
  const idsOf = async (query: string, as = owner) =>
    (await ask<Page<ConversationView>>('get', `/v1/conversations?${query}`, undefined, as)).items.map(
      ({ id }) => id,
    );
  const counts = (as = owner) => ask<ConversationCounts>('get', '/v1/conversations/counts', undefined, as);
  const aConversation = async (who = visitor) => {
    const { body } = await request(here)
      .post('/v1/conversations')
      .set(asUser(pluginKey, who))
      .send({ message: aMessage('환불해 주세요') })
      .expect(201);
    return body as ConversationView;
  };

  describe('teams', () => {
    it('have conversations given to them, which agents see and hear of and users do not', async () => {
      const team = await ask<TeamView>('post', '/v1/teams', {
        name: 'Refunds',
        agentIds: [colleague.agent.id],
      });
      const [agent, user] = [await open(here, colleague), await open(here, visitor)];
      const { id } = await startConversation(user);
      await must(agent, 'conversation:open', { conversationId: id });
      const heardByUser: string[] = [];
      user.onAny((event: string, fact: unknown) => heardByUser.push(`${event} ${JSON.stringify(fact)}`));
      const said = next(agent, 'message:created', ({ message }) => message.type === 'system');
      const updated = next(agent, 'conversation:updated', ({ conversation }) => conversation.team !== null);

      const given = await ask<ConversationView>('put', `/v1/conversations/${id}/team`, { teamId: team.id });
      expect(given.team).toEqual({ id: team.id, name: 'Refunds' });
      expect((await updated).conversation.team).toEqual({ id: team.id, name: 'Refunds' });
      expect((await said).message).toMatchObject({
        private: true,
        metadata: { event: 'team_assigned', teamId: team.id, teamName: 'Refunds' },
      });
      expect(await idsOf(`teamId=${team.id}`)).toEqual([id]);
      expect((await counts()).teams).toEqual([{ id: team.id, open: 1 }]);

      const { body } = await request(there)
        .get(`/v1/conversations/${id}`)
        .set(asUser(pluginKey, visitor))
        .expect(200);
      expect(body).toMatchObject({ id, team: null });
      await must(user, 'ping', {});
      expect(
        heardByUser.filter((fact) => fact.includes('Refunds') || fact.includes('team_assigned')),
      ).toEqual([]);
    });

    it('leave their conversations behind, without a team', async () => {
      const team = await ask<TeamView>('post', '/v1/teams', { name: 'Refunds' });
      const { id } = await aConversation();
      await ask('put', `/v1/conversations/${id}/team`, { teamId: team.id });
      await ask('delete', `/v1/teams/${team.id}`, undefined, owner, here);
      const read = await ask<ConversationView>('get', `/v1/conversations/${id}`, undefined, owner, here);
      expect(read.team).toBeNull();
      expect(await ask('get', '/v1/teams', undefined, colleague)).toEqual({ items: [], nextCursor: null });
    });

    it('are made by admins, of agents who are there, under a name of their own', async () => {
      const refusal = async (body: object, as = owner) => {
        const { status, body: error } = await request(here).post('/v1/teams').set(asAgent(as)).send(body);
        return [status, (error as { code: string }).code];
      };
      await ask('post', '/v1/teams', { name: 'Refunds' });
      expect(await refusal({ name: 'refunds ' })).toEqual([409, 'team.name_taken']);
      expect(await refusal({ name: 'Other' }, colleague)).toEqual([403, 'auth.forbidden']);
      const stranger = await register(here);
      expect(await refusal({ name: 'Other', agentIds: [stranger.agent.id] })).toEqual([
        404,
        'agent.not_found',
      ]);
    });
  });

  it('counts and lists what waits', async () => {
    const [first, second, third] = [await aConversation(), await aConversation(), await aConversation()];
    await ask('put', `/v1/conversations/${first.id}/assignee`, { agentId: owner.agent.id });
    await ask('patch', `/v1/conversations/${second.id}`, { priority: 'urgent', tags: ['refund'] });
    await ask('put', `/v1/conversations/${third.id}/status`, { status: 'resolved' });
    const mentions = [{ type: 'agent', id: colleague.agent.id }];
    const note = { ...aMessage('@Minsu'), private: true, mentions };
    await ask('post', `/v1/conversations/${first.id}/messages`, note);
    const group = await ask<ConversationView>('post', '/v1/conversations', {
      kind: 'group',
      name: 'Us',
      agentIds: [colleague.agent.id],
      message: { ...aMessage('@Minsu'), mentions },
    });

    expect(await idsOf('priority=urgent')).toEqual([second.id]);
    expect(await idsOf('mentioned=true', colleague)).toEqual([group.id, first.id]);
    expect(await idsOf('mentioned=true')).toEqual([]);
    expect(await counts()).toEqual({
      mine: 1,
      unassigned: 1,
      open: 2,
      pending: 0,
      snoozed: 0,
      resolved: null,
      mentions: 0,
      teams: [],
      tags: [{ tag: 'refund', open: 1 }],
    });
    expect(await counts(colleague)).toMatchObject({ mine: 0, unassigned: 1, mentions: 2 });
  });

  describe('bulk', () => {
    it('changes many as if by hand, and says which it could not', async () => {
      const [one, two] = [await aConversation(), await aConversation()];
      const group = await ask<ConversationView>('post', '/v1/conversations', {
        kind: 'group',
        name: 'Us',
        agentIds: [colleague.agent.id],
      });
      await ask('patch', `/v1/conversations/${one.id}`, { tags: ['new', 'vip'] });
      const team = await ask<TeamView>('post', '/v1/teams', { name: 'Refunds' });
      const elsewhere = await register(here);
      const foreign = await boot(here, elsewhere.environment.pluginKey);
      const away = await request(here)
        .post('/v1/conversations')
        .set(asUser(elsewhere.environment.pluginKey, foreign))
        .send({})
        .expect(201);
      const agent = await open(there, owner);
      await must(agent, 'conversation:open', { conversationId: one.id });
      const said = next(
        agent,
        'message:created',
        ({ message }) => message.metadata['event'] === 'status_changed',
      );
      const ids = [one.id, group.id, (away.body as ConversationView).id, two.id, 'nobody', one.id];
      const { items } = await ask<BulkChangeResult>('post', '/v1/conversations/bulk', {
        ids,
        status: 'resolved',
        assigneeId: colleague.agent.id,
        teamId: team.id,
        addTags: ['refund'],
        removeTags: ['new'],
        priority: 'high',
      });
      expect(items.map(({ id, ok, error }) => [id, ok, error?.code])).toEqual([
        [one.id, true, undefined],
        [group.id, false, 'auth.forbidden'],
        [ids[2], false, 'chat.not_found'],
        [two.id, true, undefined],
        ['nobody', false, 'chat.not_found'],
      ]);
      expect((await said).message).toMatchObject({
        metadata: { actorId: owner.agent.id, status: 'resolved' },
      });
      const changed = await ask<ConversationView>('get', `/v1/conversations/${one.id}`);
      expect(changed).toMatchObject({
        status: 'resolved',
        assignee: { id: colleague.agent.id },
        team: { id: team.id },
        tags: ['vip', 'refund'],
        priority: 'high',
      });
    });

    it('changes nothing for an assignee or a team that is not there, nor for a viewer', async () => {
      const { id } = await aConversation();
      const viewer = await hire(here, owner, { role: 'viewer' });
      const change = async (body: object, as = owner) => {
        const sent = request(here).post('/v1/conversations/bulk').set(asAgent(as));
        const { body: error } = await sent.send({ ids: [id], priority: 'high', ...body });
        return (error as { code: string }).code;
      };
      const stranger = await register(here);
      expect(await change({ assigneeId: stranger.agent.id })).toBe('agent.not_found');
      expect(await change({ teamId: stranger.agent.id })).toBe('team.not_found');
      expect(await change({}, viewer)).toBe('auth.forbidden');
      expect(await ask('get', `/v1/conversations/${id}`)).toMatchObject({ priority: 'normal' });
    });
  });

  it('keeps the views of an agent in their order, for that agent alone', async () => {
    const save = (name: string, filter: object, as = colleague) =>
      ask<SavedViewView>('post', '/v1/agents/me/views', { name, filter }, as);
    const list = async (as = colleague) =>
      (await ask<Page<SavedViewView>>('get', '/v1/agents/me/views', undefined, as)).items;
    const mine = await save('Mine', { assigneeId: 'me', status: 'open' });
    const vip = await save('VIP', { tag: 'vip' });
    await ask('patch', `/v1/agents/me/views/${mine.id}`, { position: 5, name: '내 것' }, colleague);
    expect(await list()).toEqual([vip, { ...mine, position: 5, name: '내 것' }]);
    expect(await list(owner)).toEqual([]);
    await ask('delete', `/v1/agents/me/views/${vip.id}`, undefined, colleague);
    expect(await list()).toHaveLength(1);
  });

  it('saves replies for all agents, found by parts of words in any language', async () => {
    const reply = { shortcut: 'Refund', title: '환불 안내', content: '{{user.name}}님, 3일 걸립니다' };
    const saved = await ask<SavedReplyView>('post', '/v1/saved-replies', reply, colleague, here);
    expect(saved).toMatchObject({ ...reply, shortcut: 'refund' });
    const find = (query: string) =>
      ask<Page<SavedReplyView>>('get', `/v1/saved-replies?query=${encodeURIComponent(query)}`);
    for (const query of ['ref', '환불', '3일']) expect((await find(query)).items).toEqual([saved]);
    expect((await find('반품')).items).toEqual([]);
    const viewer = await hire(here, owner, { role: 'viewer' });
    expect(await ask('get', '/v1/saved-replies', undefined, viewer)).toMatchObject({ items: [saved] });
    const refused = await request(here).post('/v1/saved-replies').set(asAgent(viewer)).send(reply);
    expect(refused.status).toBe(403);
    const again = await request(there).post('/v1/saved-replies').set(asAgent(owner)).send(reply);
    expect(again.body).toMatchObject({ code: 'reply.shortcut_taken' });
  });

  it('shows how support goes', async () => {
    const [answered, waiting] = [await aConversation(), await aConversation()];
    const agent = await open(here, owner);
    await ask('post', `/v1/conversations/${answered.id}/messages`, aMessage('네, 바로 해 드릴게요'));
    await ask('put', `/v1/conversations/${answered.id}/status`, { status: 'resolved' });
    await request(there)
      .put(`/v1/conversations/${answered.id}/rating`)
      .set(asUser(pluginKey, visitor))
      .send({ score: 4 })
      .expect(200);
    await ask('get', `/v1/conversations/${waiting.id}`, undefined, owner, here);
    for (const { app } of cluster.nodes) await app.get(ActivityCounter).flush();

    const overview = await ask<OverviewView>('get', '/v1/overview?days=7', undefined, colleague);
    expect(overview).toMatchObject({
      timeZone: expect.any(String),
      conversations: { created: 2, resolved: 1, waitingNow: 1, longestWaitMs: expect.any(Number) },
      firstResponseMs: { median: expect.any(Number), p90: expect.any(Number) },
      resolutionMs: { median: expect.any(Number) },
      rating: { average: 4, count: 1 },
      online: [{ id: owner.agent.id, name: 'Jiwoo Park', presence: 'online' }],
    });
    const sum = (of: 'messages' | 'conversations') =>
      overview.perHour.reduce((total, hour) => total + hour[of], 0);
    expect([sum('messages'), sum('conversations')]).toEqual([3, 2]);
    expect(overview.perHour.length).toBeGreaterThan(6 * 24);
    const stranger = await register(here);
    const other = await ask<OverviewView>('get', '/v1/overview?days=7', undefined, stranger);
    expect(other).toMatchObject({ conversations: { created: 0, waitingNow: 0 }, online: [] });
    agent.disconnect();
  });

  describe('who is looking', () => {
    const looking = (client: Client, id: string, ...names: string[]) =>
      next(client, 'viewing', ({ conversationId, agents }) => {
        const seen = agents.map(({ name }) => name).sort();
        return conversationId === id && JSON.stringify(seen) === JSON.stringify([...names].sort());
      });

    it('is told to agents who have it open on any node, until they go, and never to the user', async () => {
      const [one, other] = [await open(here, owner), await open(there, colleague)];
      const user = await open(there, visitor);
      const { id } = await startConversation(user);
      const heardByUser: string[] = [];
      user.onAny((event: string) => heardByUser.push(event));
      for (const client of [one, other]) await must(client, 'conversation:open', { conversationId: id });

      let told = looking(other, id, 'Jiwoo Park');
      await must(one, 'viewing:set', { conversationId: id, viewing: true });
      await told;
      told = looking(one, id, 'Jiwoo Park', 'Minsu');
      await must(other, 'viewing:set', { conversationId: id, viewing: true });
      await told;
      told = looking(other, id, 'Minsu');
      await must(one, 'viewing:set', { conversationId: id, viewing: false });
      await told;
      await must(one, 'viewing:set', { conversationId: id, viewing: true });
      told = looking(one, id, 'Jiwoo Park');
      other.disconnect();
      await told;
      await must(user, 'ping', {});
      expect(heardByUser).not.toContain('viewing');
    });

    it('is not for users, nor for those who may not see it, nor all the time', async () => {
      const stranger = await open(here, await register(here));
      const [user, agent] = [await open(here, visitor), await open(here, owner)];
      const { id } = await startConversation(user);
      const body = { conversationId: id, viewing: true };
      expect(await call(user, 'viewing:set', body)).toMatchObject({ error: { code: 'auth.forbidden' } });
      expect(await call(stranger, 'viewing:set', body)).toMatchObject({ error: { code: 'chat.not_found' } });
      const codes = new Set<string | undefined>();
      for (let tries = 0; tries < 30; tries++) {
        const ack = await call(agent, 'viewing:set', body);
        codes.add(ack.ok ? undefined : ack.error.code);
      }
      expect(codes).toEqual(new Set([undefined, 'common.rate_limited']));
    });
  });
});
