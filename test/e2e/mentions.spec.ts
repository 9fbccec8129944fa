import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import type { MessageView, SendMessageBody } from '../../src/contracts/chat.js';
import type { RegistrationView, SessionView } from '../../src/contracts/tenants.js';
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

describe('mentions and earlier versions', () => {
  let cluster: Cluster;
  let here: string;
  let owner: RegistrationView;
  let colleague: SessionView;
  let stranger: RegistrationView;
  let booted: BootView;
  let visitor: Client;
  let agent: Client;
  let other: Client;
  let id: string;
  let told: string[];

  beforeAll(async () => {
    cluster = await startCluster(2);
    const [first, second] = cluster.nodes.map(({ url }) => url) as [string, string];
    here = first;
    owner = await register(here);
    stranger = await register(here, 'Other');
    colleague = await hire(here, owner, { name: 'Jiwoo' });
    const { pluginKey } = owner.environment;
    booted = await boot(here, pluginKey);
    visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    agent = await connect(here, { token: owner.accessToken });
    other = await connect(second, { token: colleague.accessToken });
    other.on('notification', ({ kind, text }) => {
      if (kind === 'mention') told.push(text);
    });
  });

  beforeEach(async () => {
    told = [];
    ({ id } = await startConversation(visitor, 'root'));
  });

  afterAll(async () => {
    for (const client of [visitor, agent, other]) client.disconnect();
    await cluster.stop();
  });

  const jiwoo = () => ({ type: 'agent' as const, id: colleague.agent.id });
  const body = (content: string, given: Partial<SendMessageBody> = {}, conversationId = id) => ({
    conversationId,
    ...aMessage(content),
    ...given,
  });
  const say = async (content: string, given: Partial<SendMessageBody> = {}, conversationId = id) =>
    (await must(agent, 'message:send', body(content, given, conversationId))).message;
  const edit = (message: MessageView, content: string, mentions?: SendMessageBody['mentions']) =>
    must(agent, 'message:edit', {
      conversationId: message.conversationId,
      messageId: message.id,
      content,
      ...(mentions && { mentions }),
    });
  const versionsOf = (message: MessageView, headers: Record<string, string>) =>
    request(here).get(`/v1/conversations/${id}/messages/${message.id}/versions`).set(headers);
  const settled = () => sleep(300);

  it('who is mentioned is told once, on whatever node, and not again by an edit', async () => {
    const heard = next(other, 'notification', ({ kind }) => kind === 'mention');
    const message = await say('look', { mentions: [jiwoo()] });
    expect(message.mentions).toEqual([jiwoo()]);
    expect(await heard).toEqual({
      kind: 'mention',
      conversationId: id,
      text: expect.stringMatching(/: look$/),
    });
    await edit(message, 'look again');
    await must(visitor, 'message:react', {
      conversationId: id,
      messageId: message.id,
      emoji: '👍',
      on: true,
    });
    await settled();
    expect(told).toHaveLength(1);
  });

  it('who is mentioned only by an edit is told then; notes as well', async () => {
    const note = await say('note', { private: true });
    await settled();
    expect(told).toEqual([]);
    const heard = next(other, 'notification', ({ kind }) => kind === 'mention');
    const { message } = await edit(note, 'note for you', [jiwoo()]);
    expect(message.mentions).toEqual([jiwoo()]);
    expect((await heard).text).toMatch(/note for you$/);
  });

  it('nobody of elsewhere is mentioned, and nothing is stored', async () => {
    const foreign = await boot(here, owner.environment.pluginKey);
    const strangers = [
      { type: 'agent' as const, id: stranger.agent.id },
      { type: 'user' as const, id: foreign.user.id },
      { type: 'agent' as const, id: 'nobody' },
    ];
    for (const who of strangers) {
      const answer = await call(agent, 'message:send', body('hi', { mentions: [who] }));
      expect(answer).toMatchObject({ ok: false, error: { code: 'chat.mention_unknown' } });
    }
    const said = await say('hi', { mentions: [{ type: 'user', id: booted.user.id }] });
    expect(said.seq).toBe(2);
    const path = `/v1/conversations/${id}/messages/${said.id}`;
    const edited = await request(here)
      .patch(path)
      .set(asAgent(owner))
      .send({ content: 'hi', mentions: [strangers[0]] });
    expect([edited.status, edited.body.code]).toEqual([400, 'chat.mention_unknown']);
  });

  it('all of a group are meant at once, but not who wrote it; support has no all', async () => {
    const { conversation } = await must(agent, 'conversation:create', {
      kind: 'group',
      agentIds: [colleague.agent.id],
    });
    const mine: string[] = [];
    agent.on('notification', ({ kind, text }) => {
      if (kind === 'mention') mine.push(text);
    });
    const heard = next(other, 'notification', ({ conversationId }) => conversationId === conversation.id);
    await say('everybody', { mentionsAll: true }, conversation.id);
    expect((await heard).text).toMatch(/everybody$/);
    await settled();
    expect([mine, told.length]).toEqual([[], 1]);
    agent.off('notification');
    const refused = await call(agent, 'message:send', body('all', { mentionsAll: true }));
    expect(refused).toMatchObject({ ok: false, error: { code: 'common.validation_failed' } });
  });

  it('agents may read what a message said before, users may not, and a deletion drops it', async () => {
    const message = await say('one');
    await edit(message, 'two');
    const { message: latest } = await edit(message, 'three');
    const versions = await versionsOf(message, asAgent(colleague)).expect(200);
    expect(versions.body.items).toEqual([
      { content: 'one', writtenAt: message.createdAt },
      { content: 'two', writtenAt: expect.any(String) },
    ]);
    await versionsOf(message, asUser(owner.environment.pluginKey, booted)).expect(403);
    await versionsOf(message, asAgent(stranger)).expect(404);
    const shown = await request(here).get(`/v1/conversations/${id}/messages`).set(asAgent(owner)).expect(200);
    expect(shown.body.items.at(-1)).toEqual(latest);
    expect(JSON.stringify(shown.body)).not.toMatch(/"one"|"two"/);
    await must(agent, 'message:delete', { conversationId: id, messageId: message.id });
    const gone = await versionsOf(message, asAgent(owner)).expect(200);
    expect(gone.body).toEqual({ items: [] });
  });
});
