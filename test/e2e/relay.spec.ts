import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import type { ConversationView, SentMessage } from '../../src/contracts/chat.js';
import { ConversationRepository } from '../../src/modules/chat/conversation.repository.js';
import { MarkerRepository } from '../../src/modules/chat/marker.repository.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { hashBody, type MessageDraft } from '../../src/modules/chat/message.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  boot,
  connect,
  must,
  next,
  register,
  startConversation,
} from '../support/people.js';

describe('a node that dies after storing a message and before telling anybody', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(2);
  });

  afterAll(() => cluster.stop());

  it('is finished by another one: everybody hears of it, and inboxes show it', async () => {
    const [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    const registered = await register(here);
    const { pluginKey } = registered.environment;
    const booted = await boot(here, pluginKey);
    const visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    const agent = await connect(there, { token: registered.accessToken });
    const { id, environmentId } = await startConversation(visitor, 'first');
    await must(agent, 'conversation:open', { conversationId: id });

    const heard = next(agent, 'message:created', ({ message }) => message.seq === 2);
    const shown = next(agent, 'conversation:updated', ({ conversation }) => conversation.headSeq === 2);
    const draft = orphan(registered.organization.id, environmentId, id, booted.user.id);
    await cluster.nodes[0]!.app.get(MessageRepository, { strict: false }).append(
      { organizationId: registered.organization.id },
      draft,
    );
    expect((await heard).message).toMatchObject({ id: draft.id, content: 'nobody was told' });
    expect((await shown).conversation.lastMessage?.content).toBe('nobody was told');
    visitor.disconnect();
    agent.disconnect();
  });

  it('leaves nothing behind of a message that was stored while its conversation was erased', async () => {
    const { app } = cluster.nodes[0]!;
    const messages = app.get(MessageRepository, { strict: false });
    const scope = { organizationId: newId() };
    const conversationId = newId();
    const { message } = await messages.append(
      scope,
      orphan(scope.organizationId, null, conversationId, newId()),
    );
    const isThere = () => messages.find(scope, conversationId, message.id);
    expect(await isThere()).not.toBeNull();
    await goes(isThere);
  });

  it('leaves nothing behind of what another node takes in the moment of an erasure', async () => {
    const [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    const { app } = cluster.nodes[0]!;
    const registered = await register(here);
    const { organization, environment } = registered;
    const asOwner = asAgent(registered);
    const { user } = await boot(here, environment.pluginKey);
    const started = await request(here).post('/v1/conversations').set(asOwner).send({ userId: user.id });
    const { id } = started.body as ConversationView;
    const path = `/v1/conversations/${id}/messages`;
    const say = () => request(there).post(path).set(asOwner).send(aMessage());
    await say().expect(201);

    await request(here).delete(`/v1/users/${user.id}`).set(asOwner).expect(200);
    await request(here).post(path).set(asOwner).send(aMessage()).expect(404);
    const taken = (await say().expect(201)).body as SentMessage;
    const scope = { organizationId: organization.id };
    const messages = app.get(MessageRepository, { strict: false });
    const markers = app.get(MarkerRepository, { strict: false });
    await goes(() => messages.find(scope, id, taken.message.id));
    await goes(async () => (await markers.ofConversations(scope, [id]))[0] ?? null);
  }, 20_000);

  it('leaves no read marker behind that is written while its conversation is erased', async () => {
    const [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    const registered = await register(here);
    const asOwner = asAgent(registered);
    const { user } = await boot(here, registered.environment.pluginKey);
    const started = await request(here).post('/v1/conversations').set(asOwner).send({ userId: user.id });
    const { id } = started.body as ConversationView;
    const markers = cluster.nodes[1]!.app.get(MarkerRepository, { strict: false });
    const moveAll = markers.moveAll.bind(markers);
    const moved = new Promise<void>((resolve) => {
      jest.spyOn(markers, 'moveAll').mockImplementationOnce(async (moves) => {
        await request(here).delete(`/v1/users/${user.id}`).set(asOwner).expect(200);
        await moveAll(moves);
        resolve();
      });
    });
    await request(there).post(`/v1/conversations/${id}/messages`).set(asOwner).send(aMessage()).expect(201);
    await moved;
    const scope = { organizationId: registered.organization.id };
    await goes(async () => (await markers.ofConversations(scope, [id]))[0] ?? null);
  }, 20_000);

  it('begins no conversation with a user who is erased in that moment', async () => {
    const [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    const registered = await register(here);
    const asOwner = asAgent(registered);
    const { user } = await boot(here, registered.environment.pluginKey);
    const conversations = cluster.nodes[1]!.app.get(ConversationRepository, { strict: false });
    const create = conversations.create.bind(conversations);
    const erase = () => request(here).delete(`/v1/users/${user.id}`).set(asOwner).expect(200);
    jest.spyOn(conversations, 'create').mockImplementationOnce(async (scope, draft) => {
      await erase();
      return create(scope, draft);
    });
    const begin = () => request(there).post('/v1/conversations').set(asOwner).send({ userId: user.id });
    expect((await begin().expect(404)).body).toMatchObject({ code: 'user.not_found' });
    const scope = { organizationId: registered.organization.id };
    expect(await conversations.listIdsOfUser(scope, user.id)).toEqual([]);
  });
});

async function goes(find: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + 8_000; (await find()) && Date.now() < end;) await sleep(100);
  expect(await find()).toBeNull();
}

/** What a send writes, without what a send does after it. */
function orphan(
  organizationId: string,
  environmentId: string | null,
  conversationId: string,
  userId: string,
): MessageDraft {
  const said = {
    content: 'nobody was told',
    mentions: [],
    mentionsAll: false,
    threadRootId: null,
    alsoInConversation: false,
    replyToId: null,
    private: false,
    held: false,
    metadata: {},
  };
  return {
    ...said,
    id: newId(),
    organizationId,
    environmentId,
    conversationId,
    clientMessageId: randomUUID(),
    bodyHash: hashBody({ ...said, attachmentIds: [] }),
    type: 'text',
    sender: { type: 'user', id: userId, name: 'Visitor', avatarUrl: null },
    attachments: [],
    state: 'complete',
    createdAt: new Date(),
    outbox: [{ task: 'fanout', due: new Date() }],
  };
}
