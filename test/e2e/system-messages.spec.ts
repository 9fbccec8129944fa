import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import type { ConversationView, MessageView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { ConversationRepository } from '../../src/modules/chat/conversation.repository.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asUser,
  boot,
  type Client,
  connect,
  hire,
  must,
  next,
  register,
  startConversation,
} from '../support/people.js';

describe('what was done to a conversation is said in it', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let colleague: RegistrationView;
  let booted: BootView;
  let visitor: Client;
  let agent: Client;

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    colleague = await hire(here, owner, { name: '이서준' });
    const { pluginKey } = owner.environment;
    booted = await boot(here, pluginKey);
    visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    agent = await connect(there, { token: owner.accessToken });
  }, 60_000);

  afterAll(async () => {
    visitor.disconnect();
    agent.disconnect();
    await cluster.stop();
  });

  const put = (id: string, what: string, body: object, by = owner) =>
    request(here).put(`/v1/conversations/${id}/${what}`).set(asAgent(by)).send(body).expect(200);
  const heard = (client: Client, event: string) =>
    next(client, 'message:created', ({ message }) => message.metadata.event === event);
  const historyOf = async (id: string, headers: Record<string, string>) =>
    (await request(here).get(`/v1/conversations/${id}/messages`).set(headers).expect(200)).body
      .items as MessageView[];
  /** Asked of the node on which it was said: the others know the summary a moment later. */
  const viewOf = async (id: string, headers: Record<string, string>, url = here) =>
    (await request(url).get(`/v1/conversations/${id}`).set(headers).expect(200)).body as ConversationView;
  const asVisitor = () => asUser(owner.environment.pluginKey, booted);

  it('agents on every node hear who assigned it to whom, and the user does not', async () => {
    const { id } = await startConversation(visitor, 'help');
    await must(agent, 'conversation:open', { conversationId: id });
    const told = heard(agent, 'assigned');
    await put(id, 'assignee', { agentId: colleague.agent.id });
    const { message } = await told;
    expect(message).toMatchObject({
      seq: 2,
      type: 'system',
      sender: { type: 'system' },
      content: 'Jiwoo Park assigned this to 이서준',
      private: true,
      metadata: {
        event: 'assigned',
        actorType: 'agent',
        actorId: owner.agent.id,
        assigneeId: colleague.agent.id,
        assigneeName: '이서준',
      },
    });
    await put(id, 'assignee', { agentId: colleague.agent.id });
    expect((await historyOf(id, asAgent(owner))).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await historyOf(id, asVisitor())).map(({ seq }) => seq)).toEqual([1]);
    const synced = await must(visitor, 'conversation:sync', {
      conversations: [{ id, afterSeq: 0, afterRev: 0 }],
    });
    expect(synced.conversations[0]?.messages.map(({ seq }) => seq)).toEqual([1]);
  });

  it('the user hears that it is settled; neither is it unread nor the last message', async () => {
    const { id } = await startConversation(visitor, 'help');
    const told = heard(visitor, 'status_changed');
    await put(id, 'status', { status: 'resolved' });
    expect((await told).message).toMatchObject({
      private: false,
      content: 'Jiwoo Park changed the status from open to resolved',
      metadata: { status: 'resolved', previousStatus: 'open' },
    });
    const view = await viewOf(id, asVisitor());
    expect(view).toMatchObject({ headSeq: 2, unread: 0, lastMessage: { seq: 1, content: 'help' } });
    await put(id, 'status', { status: 'snoozed', until: '2099-01-01T00:00:00.000Z' });
    const said = await historyOf(id, asAgent(owner));
    expect(said.at(-1)).toMatchObject({
      private: true,
      metadata: { status: 'snoozed', previousStatus: 'resolved', until: '2099-01-01T00:00:00.000Z' },
    });
    expect(await viewOf(id, asAgent(owner))).toMatchObject({ status: 'snoozed', unread: 1 });
  });

  it('a channel says who came, went, renamed and archived it', async () => {
    const created = await request(here)
      .post('/v1/conversations')
      .set(asAgent(owner))
      .send({ kind: 'channel', name: 'product', visibility: 'public' })
      .expect(201);
    const { id } = created.body as ConversationView;
    const post = (path: string, by: RegistrationView, body: object = {}) =>
      request(there).post(`/v1/conversations/${id}/${path}`).set(asAgent(by)).send(body);
    await post('join', colleague).expect(200);
    await post('leave', colleague).expect(204);
    await post('participants', owner, { agentIds: [colleague.agent.id] }).expect(200);
    await request(here)
      .patch(`/v1/conversations/${id}`)
      .set(asAgent(owner))
      .send({ name: 'shop' })
      .expect(200);
    await must(agent, 'message:send', { conversationId: id, ...aMessage('hello') });
    await request(there)
      .delete(`/v1/conversations/${id}/participants`)
      .set(asAgent(owner))
      .send({ agentIds: [colleague.agent.id] })
      .expect(204);
    await put(id, 'archive', { archived: true });
    await put(id, 'archive', { archived: true });
    expect((await historyOf(id, asAgent(owner))).map(({ content }) => content)).toEqual([
      '이서준 joined',
      '이서준 left',
      'Jiwoo Park added 이서준',
      'Jiwoo Park renamed this to shop',
      'hello',
      'Jiwoo Park removed 이서준',
      'Jiwoo Park archived this',
    ]);
    const view = await viewOf(id, asAgent(colleague), there);
    expect(view).toMatchObject({ unread: 1, lastMessage: { content: 'hello' } });
  });

  it('what a node noted and did not come to say is said by another', async () => {
    const { id, environmentId } = await startConversation(visitor, 'help');
    await must(agent, 'conversation:open', { conversationId: id });
    const told = heard(agent, 'assigned');
    const scope = { organizationId: owner.organization.id, environmentId: environmentId ?? '' };
    const { id: actorId, name, avatarUrl } = owner.agent;
    const stamp = {
      id: newId(),
      at: new Date(),
      actor: { type: 'agent' as const, id: actorId, name, avatarUrl },
    };
    await cluster.nodes[0]!.app.get(ConversationRepository, { strict: false }).assign(
      scope,
      id,
      colleague.agent.id,
      stamp,
    );
    expect((await told).message).toMatchObject({ seq: 2, clientMessageId: stamp.id });
  });

  it('a reply that stays in its thread is neither unread nor the last message of a channel', async () => {
    const created = await request(here)
      .post('/v1/conversations')
      .set(asAgent(owner))
      .send({ kind: 'group', agentIds: [colleague.agent.id], message: aMessage('root') })
      .expect(201);
    const { id, message: root } = created.body as ConversationView & { message: MessageView };
    const reply = (given: object) =>
      must(agent, 'message:send', {
        conversationId: id,
        threadRootId: root.id,
        ...aMessage('aside'),
        ...given,
      });
    await reply({});
    expect(await viewOf(id, asAgent(colleague), there)).toMatchObject({
      headSeq: 2,
      unread: 1,
      lastMessage: { content: 'root' },
    });
    await reply({ ...aMessage('to all'), alsoInConversation: true });
    expect(await viewOf(id, asAgent(colleague), there)).toMatchObject({
      headSeq: 3,
      unread: 2,
      lastMessage: { content: 'to all' },
    });
  });

  it('a reply in a thread says nothing of what its writer has read beside it', async () => {
    const created = await request(here)
      .post('/v1/conversations')
      .set(asAgent(colleague))
      .send({ kind: 'group', agentIds: [owner.agent.id], message: aMessage('root') })
      .expect(201);
    const { id, message: root } = created.body as ConversationView & { message: MessageView };
    await must(agent, 'message:send', { conversationId: id, threadRootId: root.id, ...aMessage('aside') });
    expect(await viewOf(id, asAgent(owner), there)).toMatchObject({ unread: 1 });
  });
});
