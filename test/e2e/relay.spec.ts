import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { hashBody, type MessageDraft } from '../../src/modules/chat/message.js';
import { startCluster, type Cluster } from '../support/app.js';
import { boot, connect, must, next, register, startConversation } from '../support/people.js';

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
    for (const end = Date.now() + 8_000; (await isThere()) && Date.now() < end;) await sleep(100);
    expect(await isThere()).toBeNull();
  });
});

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
