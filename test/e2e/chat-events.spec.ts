import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ServerToClientEvents } from '../../src/contracts/socket.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
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

type Fact = keyof ServerToClientEvents;

describe('events, over two nodes', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let colleague: RegistrationView;
  let third: RegistrationView;
  let fourth: RegistrationView;
  let foreigner: RegistrationView;
  let booted: BootView;
  let neighbour: BootView;
  let pluginKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    [owner, foreigner] = await Promise.all([register(here), register(here, 'Other')]);
    [colleague, third, fourth] = [
      await hire(here, owner, { name: 'Agent 1' }),
      await hire(here, owner, { name: 'Agent 2' }),
      await hire(here, owner, { name: 'Agent 3' }),
    ];
    pluginKey = owner.environment.pluginKey;
    [booted, neighbour] = await Promise.all([boot(here, pluginKey), boot(here, pluginKey)]);
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  const open = async (url: string, who: RegistrationView | BootView) => {
    const auth = 'userToken' in who ? { pluginKey, userToken: who.userToken } : { token: who.accessToken };
    const client = await connect(url, auth);
    clients.push(client);
    return client;
  };

  /** Those who must hear nothing, on the node where others do. */
  async function strangers() {
    const all = await Promise.all([open(there, neighbour), open(there, foreigner)]);
    const heard: string[] = [];
    for (const client of all)
      client.onAny((event: string, fact: unknown) => heard.push(`${event} ${JSON.stringify(fact)}`));
    return async (id: string) => {
      await Promise.all(all.map((client) => must(client, 'ping', {})));
      expect(heard.filter((fact) => fact.includes(id))).toEqual([]);
    };
  }

  /** What a client hears of some kinds about one conversation, while something else goes on. */
  function listen(client: Client, id: string, ...events: Fact[]) {
    const heard: unknown[] = [];
    const note = (fact: unknown) => JSON.stringify(fact).includes(id) && heard.push(fact);
    for (const event of events) client.on(event, note);
    return heard;
  }

  /** A visitor and an agent on one node, another agent on the other. */
  async function support() {
    const [visitor, agent, onlooker] = await Promise.all([
      open(here, booted),
      open(here, owner),
      open(there, colleague),
    ]);
    const { id } = await startConversation(visitor);
    return { visitor, agent, onlooker, id, hearNothing: await strangers() };
  }

  it('message:send: the number comes back, those who have it open get the message', async () => {
    const { visitor, onlooker, id, hearNothing } = await support();
    await must(onlooker, 'conversation:open', { conversationId: id });
    const heard = next(onlooker, 'message:created');
    const sent = await must(visitor, 'message:send', { conversationId: id, ...aMessage('둘') });
    expect(sent).toMatchObject({ duplicate: false, message: { seq: 2, content: '둘', conversationId: id } });
    expect(await heard).toEqual({ conversationId: id, message: sent.message });
    await hearNothing(id);
  });

  it('message:send: a repeat tells nobody anything', async () => {
    const { visitor, onlooker, id } = await support();
    await must(onlooker, 'conversation:open', { conversationId: id });
    const heard = listen(onlooker, id, 'message:created');
    const body = { conversationId: id, ...aMessage() };
    for (const duplicate of [false, true])
      expect(await must(visitor, 'message:send', body)).toMatchObject({ duplicate });
    const last = next(onlooker, 'message:created', ({ message }) => message.content === 'last');
    await must(visitor, 'message:send', { conversationId: id, ...aMessage('last') });
    await last;
    expect(heard).toHaveLength(2);
  });

  it('conversation:create: inboxes learn of it, and it is made once', async () => {
    const visitor = await open(here, booted);
    const otherDevice = await open(there, booted);
    const agent = await open(there, owner);
    const hearNothing = await strangers();
    const told = [agent, otherDevice].map((client) => next(client, 'conversation:created'));
    const message = { content: 'first' };
    const body = { clientConversationId: `c-${Date.now()}`, subject: '교환', message };
    const made = await must(visitor, 'conversation:create', body);
    const { id } = made.conversation;
    expect(made).toMatchObject({
      conversation: { kind: 'support', status: 'open', headSeq: 1 },
      message: { seq: 1 },
    });
    for (const fact of await Promise.all(told))
      expect(fact.conversation).toMatchObject({ id, subject: '교환' });
    expect(await must(visitor, 'conversation:create', body)).toMatchObject({
      conversation: { id, headSeq: 1 },
      message: { id: made.message?.id, seq: 1 },
    });
    await hearNothing(id);
  });

  it('conversation:create: a new one is open on all devices of its user at once', async () => {
    const visitor = await open(here, booted);
    const otherDevice = await open(there, booted);
    const heard = next(otherDevice, 'message:created');
    const { conversation } = await must(visitor, 'conversation:create', { message: aMessage('first') });
    expect(await heard).toMatchObject({ conversationId: conversation.id, message: { content: 'first' } });
  });

  it('conversation:open and conversation:close: full events begin and end', async () => {
    const { visitor, agent, onlooker, id } = await support();
    const heard = listen(onlooker, id, 'message:created');
    const say = async (content: string, witness: Client) => {
      const seen = next(witness, 'message:created', ({ message }) => message.content === content);
      await must(visitor, 'message:send', { conversationId: id, ...aMessage(content) });
      await seen;
    };
    const other = await open(there, third);
    for (const client of [agent, other]) await must(client, 'conversation:open', { conversationId: id });
    await say('before', other);
    expect(await must(onlooker, 'conversation:open', { conversationId: id })).toEqual({
      headSeq: 2,
      headRev: 0,
    });
    await say('during', other);
    expect(await must(onlooker, 'conversation:close', { conversationId: id })).toEqual({});
    await say('after', other);
    await must(onlooker, 'ping', {});
    expect(heard).toMatchObject([{ message: { content: 'during' } }]);
  });

  it('conversation:sync: answers the caller and tells nobody', async () => {
    const { visitor, onlooker, id } = await support();
    const heard = listen(onlooker, id, 'message:created', 'conversation:read');
    const unknown = owner.agent.id;
    const points = [id, unknown].map((one) => ({ id: one, afterSeq: 0, afterRev: 0 }));
    const synced = await must(visitor, 'conversation:sync', { conversations: points });
    expect(synced).toMatchObject({
      epoch: expect.any(String),
      conversations: [
        {
          id,
          headSeq: 1,
          headRev: 0,
          minSeq: 1,
          hasMore: false,
          reset: false,
          access: 'ok',
          messages: [{ seq: 1 }],
        },
        { id: unknown, access: 'lost', messages: [], changes: [] },
      ],
    });
    await must(onlooker, 'ping', {});
    expect(heard).toEqual([]);
  });

  it('conversation:read: the other side and the own devices see the marker', async () => {
    const { visitor, agent, id, hearNothing } = await support();
    const ownDevice = await open(there, owner);
    const told = [visitor, ownDevice].map((client) => next(client, 'conversation:read'));
    expect(await must(agent, 'conversation:read', { conversationId: id, seq: 1 })).toEqual({
      readSeq: 1,
      unread: 0,
    });
    const reader = { type: 'agent', id: owner.agent.id };
    for (const fact of await Promise.all(told))
      expect(fact).toEqual({ conversationId: id, reader, readSeq: 1 });
    await hearNothing(id);
  });

  describe('muting', () => {
    const mute = (id: string, isMuted = true) => {
      const path = `/v1/conversations/${id}/mute`;
      const asked = isMuted ? request(here).put(path).send({}) : request(here).delete(path);
      return asked.set(asAgent(owner)).expect(200);
    };
    const heardBy = (client: Client, id: string, isMuted: boolean) =>
      next(
        client,
        'conversation:updated',
        ({ conversation }) =>
          conversation.id === id &&
          conversation.mutedUntil !== undefined &&
          (conversation.mutedUntil !== null) === isMuted,
      );

    it('is seen on the own devices on all nodes, and by nobody else', async () => {
      const { visitor, agent, onlooker, id, hearNothing } = await support();
      const own = [agent, await open(there, owner)];
      for (const client of [...own, onlooker])
        await must(client, 'conversation:open', { conversationId: id });
      const others = [onlooker, visitor].map((client) => listen(client, id, 'conversation:updated'));
      for (const isMuted of [true, false]) {
        const told = own.map((client) => heardBy(client, id, isMuted));
        const { body } = await mute(id, isMuted);
        for (const { conversation } of await Promise.all(told)) expect(conversation).toEqual(body);
      }
      const last = [onlooker, visitor].map((client) =>
        next(client, 'conversation:updated', ({ conversation }) => conversation.subject === 'last'),
      );
      await request(here)
        .patch(`/v1/conversations/${id}`)
        .set(asAgent(owner))
        .send({ subject: 'last' })
        .expect(200);
      await Promise.all(last);
      expect(JSON.stringify(others)).not.toContain('mutedUntil');
      await hearNothing(id);
    });

    it('of a group is not told to its other members', async () => {
      const [muting, elsewhere, member] = [
        await open(here, owner),
        await open(there, owner),
        await open(there, colleague),
      ];
      const agentIds = [colleague.agent.id];
      const { conversation } = await must(muting, 'conversation:create', { kind: 'group', agentIds });
      const heard = listen(member, conversation.id, 'conversation:updated');
      const told = [muting, elsewhere].map((client) => heardBy(client, conversation.id, true));
      await mute(conversation.id);
      await Promise.all(told);
      await must(member, 'ping', {});
      expect(JSON.stringify(heard)).not.toContain('mutedUntil');
    });
  });

  it('typing:set: the other side sees it, the own devices do not', async () => {
    const { visitor, onlooker, id, hearNothing } = await support();
    const otherDevice = await open(there, booted);
    await must(onlooker, 'conversation:open', { conversationId: id });
    const own = listen(otherDevice, id, 'typing');
    for (const typing of [true, false]) {
      const told = next(onlooker, 'typing');
      expect(await must(visitor, 'typing:set', { conversationId: id, typing })).toEqual({});
      expect(await told).toMatchObject({
        conversationId: id,
        typing,
        sender: { type: 'user', id: booted.user.id },
      });
    }
    await must(otherDevice, 'ping', {});
    expect(own).toEqual([]);
    await hearNothing(id);
  });

  it('typing:set: inboxes see where a user types, without opening anything', async () => {
    const { visitor, onlooker, id, hearNothing } = await support();
    const told = next(onlooker, 'inbox:typing');
    await must(visitor, 'typing:set', { conversationId: id, typing: true });
    expect(await told).toEqual({ conversationIds: [id] });
    await hearNothing(id);
  });

  it('presence:set: colleagues see it, users and other tenants do not', async () => {
    const { agent, onlooker, hearNothing } = await support();
    const told = next(onlooker, 'agent:updated');
    expect(await must(agent, 'presence:set', { availability: 'busy', statusText: '회의 중' })).toEqual({});
    expect((await told).agent).toMatchObject({
      id: owner.agent.id,
      availability: 'busy',
      statusText: '회의 중',
    });
    await hearNothing(owner.agent.id);
  });

  it('presence:watch: tells who comes; ping: tells the time', async () => {
    const agent = await open(here, owner);
    const principal = { type: 'user', id: (await boot(here, pluginKey)).user.id } as const;
    expect(await must(agent, 'presence:watch', { principals: [principal] })).toMatchObject({
      states: [{ principal, status: 'offline' }],
    });
    const { serverTime } = await must(agent, 'ping', {});
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(5_000);
  });

  describe('between agents', () => {
    const participants = (id: string, agentIds: string[], method: 'post' | 'delete', as = owner) =>
      request(here)[method](`/v1/conversations/${id}/participants`).set(asAgent(as)).send({ agentIds });
    const aGroup = async (client: Client, ...members: RegistrationView[]) => {
      const body = { kind: 'group', name: 'team', agentIds: members.map(({ agent }) => agent.id) };
      return (await must(client, 'conversation:create', body)).conversation.id;
    };

    it('a pair has one direct conversation, whoever begins, at whatever moment', async () => {
      const [one, two] = await Promise.all([open(here, owner), open(there, colleague)]);
      const begin = (client: Client, { agent }: RegistrationView) =>
        must(client, 'conversation:create', { kind: 'direct', agentIds: [agent.id] });
      const begun = await Promise.all([begin(one, colleague), begin(two, owner), begin(one, colleague)]);
      const ids = begun.map(({ conversation }) => conversation.id);
      expect(new Set(ids).size).toBe(1);
      await must(two, 'conversation:open', { conversationId: ids[0] });
      const heard = next(two, 'message:created');
      await must(one, 'message:send', { conversationId: ids[0], ...aMessage('psst') });
      expect(await heard).toMatchObject({ message: { content: 'psst', sender: { type: 'agent' } } });
      expect((await participants(ids[0]!, [third.agent.id], 'post')).status).toBe(403);
      const alone = await call(one, 'conversation:create', { kind: 'direct', agentIds: [] });
      expect(alone).toMatchObject({ ok: false, error: { code: 'common.validation_failed' } });
    });

    it('a group tells those who are added, and no colleague else', async () => {
      const [one, two, outside] = await Promise.all([
        open(here, owner),
        open(there, colleague),
        open(there, third),
      ]);
      const id = await aGroup(one, fourth);
      const heard = listen(outside, id, 'conversation:created', 'conversation:updated', 'message:created');
      expect(await call(two, 'conversation:open', { conversationId: id })).toMatchObject({
        error: { code: 'chat.not_found' },
      });
      const told = next(two, 'conversation:created');
      await participants(id, [colleague.agent.id], 'post').expect(200);
      expect((await told).conversation).toMatchObject({ id, kind: 'group', name: 'team' });
      await must(two, 'conversation:open', { conversationId: id });
      const said = next(two, 'message:created');
      await must(one, 'message:send', { conversationId: id, ...aMessage('welcome') });
      await said;
      await must(outside, 'ping', {});
      expect(heard).toEqual([]);
    });

    it('a group needs two, and takes agents of its organization only', async () => {
      const one = await open(here, owner);
      const create = (agentIds: string[]) => call(one, 'conversation:create', { kind: 'group', agentIds });
      expect(await create([])).toMatchObject({ ok: false, error: { code: 'common.validation_failed' } });
      expect(await create([foreigner.agent.id])).toMatchObject({
        ok: false,
        error: { code: 'agent.not_found' },
      });
      const id = await aGroup(one, colleague);
      expect((await participants(id, [foreigner.agent.id], 'post')).body).toMatchObject({
        code: 'agent.not_found',
      });
      expect((await participants(id, [third.agent.id], 'post', third)).body).toMatchObject({
        code: 'chat.not_found',
      });
    });

    it('whoever is removed is told so, and hears nothing after', async () => {
      const [one, two, stays] = await Promise.all([
        open(here, owner),
        open(there, colleague),
        open(there, third),
      ]);
      const id = await aGroup(one, colleague, third);
      for (const client of [two, stays]) await must(client, 'conversation:open', { conversationId: id });
      const removed = next(two, 'conversation:removed');
      await participants(id, [colleague.agent.id], 'delete').expect(204);
      expect(await removed).toEqual({ conversationId: id });
      const heard = listen(two, id, 'message:created', 'typing', 'conversation:read', 'conversation:updated');
      const gone = { ok: false, error: { code: 'chat.not_found' } };
      // At once, while this node may still remember who belonged to it.
      expect(await call(two, 'conversation:open', { conversationId: id })).toMatchObject(gone);
      const said = next(stays, 'message:created');
      await must(one, 'message:send', { conversationId: id, ...aMessage('after') });
      await said;
      const attempts: [event: 'message:send' | 'conversation:read' | 'typing:set', body: object][] = [
        ['message:send', aMessage()],
        ['conversation:read', { seq: 1 }],
        ['typing:set', { typing: true }],
      ];
      for (const [event, body] of attempts) {
        expect([event, await call(two, event, { conversationId: id, ...body })]).toMatchObject([event, gone]);
      }
      expect(heard).toEqual([]);
    });

    it('a public channel is open to look at, and to write in for those who join', async () => {
      const [one, two, outside] = await Promise.all([
        open(here, owner),
        open(there, colleague),
        open(there, foreigner),
      ]);
      const create = (visibility: string) =>
        must(one, 'conversation:create', { kind: 'channel', name: visibility, visibility });
      const [{ conversation: open_ }, { conversation: closed }] = [
        await create('public'),
        await create('private'),
      ];
      const send = (client: Client, id: string) =>
        call(client, 'message:send', { conversationId: id, ...aMessage() });
      expect(await call(two, 'conversation:open', { conversationId: open_.id })).toMatchObject({ ok: true });
      expect(await send(two, open_.id)).toMatchObject({ error: { code: 'chat.not_participant' } });
      await participants(open_.id, [colleague.agent.id], 'post', colleague).expect(200);
      expect(await send(two, open_.id)).toMatchObject({ ok: true });
      for (const [client, id] of [
        [two, closed.id],
        [outside, open_.id],
        [outside, closed.id],
      ] as const) {
        expect(await call(client, 'conversation:open', { conversationId: id })).toMatchObject({
          error: { code: 'chat.not_found' },
        });
        expect(await send(client, id)).toMatchObject({ error: { code: 'chat.not_found' } });
      }
      expect((await participants(closed.id, [colleague.agent.id], 'post', colleague)).status).toBe(404);
    });
  });
});
