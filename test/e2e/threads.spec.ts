import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { MessageView, SendMessageBody } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { aDraft } from '../../src/modules/chat/fakes/factories.fake.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
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

describe('threads', () => {
  let cluster: Cluster;
  let here: string;
  let owner: RegistrationView;
  let booted: BootView;
  let visitor: Client;
  let agent: Client;
  let id: string;
  let root: MessageView;

  beforeAll(async () => {
    cluster = await startCluster(2);
    const [first, second] = cluster.nodes.map(({ url }) => url) as [string, string];
    here = first;
    owner = await register(here);
    const { pluginKey } = owner.environment;
    booted = await boot(here, pluginKey);
    visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    agent = await connect(second, { token: owner.accessToken });
  });

  beforeEach(async () => {
    ({ id } = await startConversation(visitor, 'root'));
    await must(agent, 'conversation:open', { conversationId: id });
    root = (await sync(visitor)).messages[0]!;
  });

  afterAll(async () => {
    visitor.disconnect();
    agent.disconnect();
    await cluster.stop();
  });

  const sync = async (client: Client) => {
    const points = { conversations: [{ id, afterSeq: 0, afterRev: 0 }] };
    return (await must(client, 'conversation:sync', points)).conversations[0]!;
  };
  const body = (given: Partial<SendMessageBody>) => ({
    conversationId: id,
    threadRootId: root.id,
    ...aMessage('reply'),
    ...given,
  });
  const reply = async (client: Client, given: Partial<SendMessageBody> = {}) =>
    (await must(client, 'message:send', body(given))).message;
  const rootCounting = (client: Client, replyCount: number | undefined) =>
    next(
      client,
      'message:updated',
      ({ message }) => message.id === root.id && message.thread?.replyCount === replyCount,
    ).then(({ message }) => message);
  const listOf = (threadRootId: string, headers: Record<string, string>) =>
    request(here).get(`/v1/conversations/${id}/messages`).query({ threadRootId }).set(headers);

  it('a reply is heard on every node, and the root says how many there are', async () => {
    const heard = rootCounting(visitor, 1);
    const said = await reply(agent, { alsoInConversation: true });
    expect(said).toMatchObject({ threadRootId: root.id, alsoInConversation: true, thread: null });
    const counted = await heard;
    expect(counted.thread).toEqual({ replyCount: 1, lastReplyAt: said.createdAt, lastReplySeq: said.seq });
    expect((await sync(agent)).changes).toEqual([counted]);
  });

  it('replies at once on two nodes are all counted, and a deleted one no more', async () => {
    const all = rootCounting(agent, 10);
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => reply(index % 2 ? visitor : agent)),
    );
    const { headRev } = await all.then(() => sync(agent));
    expect(headRev).toBeLessThanOrEqual(20);
    const fewer = rootCounting(visitor, 9);
    const own = replies.find(({ sender }) => sender.type === 'user')!;
    await must(visitor, 'message:delete', { conversationId: id, messageId: own.id });
    expect((await fewer).thread?.replyCount).toBe(9);
  });

  it('what a node did not come to count is counted by another', async () => {
    const counted = rootCounting(agent, 1);
    const scope = { organizationId: owner.organization.id, environmentId: owner.environment.id };
    const draft = aDraft({
      ...scope,
      conversationId: id,
      threadRootId: root.id,
      outbox: [{ task: 'thread', due: new Date() }],
    });
    await cluster.nodes[0]!.app.get(MessageRepository, { strict: false }).append(scope, draft);
    expect((await counted).thread).toMatchObject({ replyCount: 1, lastReplySeq: 2 });
  });

  it('a thread is listed ascending, in pages', async () => {
    for (const content of ['1', '2', '3']) await reply(agent, { content });
    await must(visitor, 'message:send', { conversationId: id, ...aMessage('elsewhere') });
    const whole = await listOf(root.id, asAgent(owner)).expect(200);
    const contents = (items: MessageView[]) => items.map(({ content }) => content);
    expect(contents(whole.body.items)).toEqual(['1', '2', '3']);
    const page = await listOf(root.id, asAgent(owner)).query({ afterSeq: 0, limit: 2 }).expect(200);
    expect([contents(page.body.items), page.body.hasMore]).toEqual([['1', '2'], true]);
  });

  it('has one level, and roots of its own conversation only', async () => {
    const { id: replyId } = await reply(agent);
    const nested = await call(agent, 'message:send', body({ threadRootId: replyId }));
    expect(nested).toMatchObject({ ok: false, error: { code: 'chat.thread_in_thread' } });
    const other = await startConversation(visitor, 'other');
    const foreign = await call(visitor, 'message:send', { ...body({}), conversationId: other.id });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'chat.not_found' } });
  });

  it('the thread of a note is private: no word and no number of it reaches the user', async () => {
    const note = await reply(agent, { threadRootId: undefined, private: true });
    const shown = await call(agent, 'message:send', body({ threadRootId: note.id }));
    expect(shown).toMatchObject({ ok: false, error: { code: 'common.validation_failed' } });
    const counted = next(agent, 'message:updated', ({ message }) => message.id === note.id);
    await reply(agent, { threadRootId: note.id, private: true, content: 'under the note' });
    expect((await counted).message.thread?.replyCount).toBe(1);
    const { messages, changes } = await sync(visitor);
    expect([messages.map((message) => message.id), changes]).toEqual([[root.id], []]);
    await listOf(note.id, asUser(owner.environment.pluginKey, booted)).expect(404);
    expect((await listOf(note.id, asAgent(owner)).expect(200)).body.items).toHaveLength(1);
  });
});
