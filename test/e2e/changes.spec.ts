import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { MessageView } from '../../src/contracts/chat.js';
import type { Page } from '../../src/contracts/common.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
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

describe('changes of messages', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let booted: BootView;
  let visitor: Client;
  let agent: Client;
  let id: string;
  let first: MessageView;

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    const { pluginKey } = owner.environment;
    booted = await boot(here, pluginKey);
    visitor = await connect(here, { pluginKey, userToken: booted.userToken });
    agent = await connect(there, { token: owner.accessToken });
  });

  beforeEach(async () => {
    ({ id } = await startConversation(visitor, 'one'));
    await must(agent, 'conversation:open', { conversationId: id });
    const { conversations } = await sync(visitor, 0, 0);
    first = conversations[0]!.messages[0]!;
  });

  afterAll(async () => {
    visitor.disconnect();
    agent.disconnect();
    await cluster.stop();
  });

  const sync = (client: Client, afterSeq: number, afterRev: number) =>
    must(client, 'conversation:sync', { conversations: [{ id, afterSeq, afterRev }] });
  const which = (message = first) => ({ conversationId: id, messageId: message.id });
  const updated = (client: Client, fits: (message: MessageView) => boolean) =>
    next(client, 'message:updated', ({ message }) => fits(message)).then(({ message }) => message);
  const path = (message = first) => `/v1/conversations/${id}/messages/${message.id}`;
  const visitorHeaders = () => asUser(owner.environment.pluginKey, booted);

  it('an edit is heard on every node, with its number, and shown in lists', async () => {
    const heard = updated(agent, ({ rev }) => rev === 1);
    const shown = next(agent, 'conversation:updated', ({ conversation }) => conversation.headRev === 1);
    const { message } = await must(visitor, 'message:edit', { ...which(), content: 'one, edited' });
    expect(message).toMatchObject({ id: first.id, seq: 1, rev: 1, content: 'one, edited' });
    expect(message.editedAt).not.toBeNull();
    expect(await heard).toEqual(message);
    expect((await shown).conversation.lastMessage?.content).toBe('one, edited');
  });

  it('the same edit again changes nothing and takes no number', async () => {
    const once = await must(visitor, 'message:edit', { ...which(), content: 'better' });
    expect(await must(visitor, 'message:edit', { ...which(), content: 'better' })).toEqual(once);
    const again = await request(there).patch(path()).set(visitorHeaders()).send({ content: 'better' });
    expect([again.status, again.body]).toEqual([200, once.message]);
  });

  it('the send of an edited message may still be repeated', async () => {
    const body = { conversationId: id, ...aMessage('typed') };
    const sent = await must(visitor, 'message:send', body);
    await must(visitor, 'message:edit', { ...which(sent.message), content: 'typo' });
    expect(await must(visitor, 'message:send', body)).toMatchObject({
      duplicate: true,
      message: { id: sent.message.id, content: 'typo' },
    });
  });

  it('a deleted message is a tombstone everywhere: live, in sync, in history, in lists', async () => {
    const heard = updated(agent, ({ deletedAt }) => deletedAt !== null);
    const { message } = await must(visitor, 'message:delete', which());
    expect(message).toMatchObject({ id: first.id, seq: 1, rev: 1, content: '', metadata: {} });
    expect(await heard).toEqual(message);
    const { conversations } = await sync(agent, 1, 0);
    expect(conversations[0]).toMatchObject({ messages: [], changes: [message], headRev: 1 });
    const history = await request(here).get(`/v1/conversations/${id}/messages`).set(asAgent(owner));
    expect(history.body.items).toEqual([message]);
    const listed = await request(here).get(`/v1/conversations/${id}`).set(asAgent(owner));
    expect(listed.body).toMatchObject({ headRev: 1, unread: 0, lastMessage: { content: null } });
    const edited = await call(visitor, 'message:edit', { ...which(), content: 'x' });
    expect(edited).toMatchObject({ ok: false, error: { code: 'chat.message_deleted' } });
  });

  it('a reaction counts once per person, over both transports', async () => {
    const heard = updated(visitor, ({ rev }) => rev === 1);
    const on = { ...which(), emoji: '👍', on: true };
    const { message } = await must(agent, 'message:react', on);
    const by = [{ type: 'agent', id: owner.agent.id }];
    expect(message.reactions).toEqual([{ emoji: '👍', count: 1, by }]);
    expect(await heard).toEqual(message);
    const url = `${path()}/reactions/${encodeURIComponent('👍')}`;
    const repeated = await request(here).put(url).set(asAgent(owner)).expect(200);
    expect(repeated.body).toEqual(message);
    const both = await request(here).put(url).set(visitorHeaders()).expect(200);
    expect(both.body.reactions[0].count).toBe(2);
    await request(here).delete(url).set(asAgent(owner)).expect(200);
    const left = await must(visitor, 'message:react', { ...on, on: false });
    expect(left.message).toMatchObject({ reactions: [], rev: 4 });
  });

  it('agents and partners pin, users do not', async () => {
    const key = await request(here)
      .post(`/v1/environments/${owner.environment.id}/api-keys`)
      .set(asAgent(owner))
      .send({ name: 'shop' })
      .expect(201);
    const pinned = await request(here).put(`${path()}/pin`).set(asPartner(key.body)).expect(200);
    expect(pinned.body).toMatchObject({ pinned: true, rev: 1 });
    const typed = { 'content-type': 'application/json' };
    await request(here).put(`${path()}/pin`).set(asPartner(key.body)).set(typed).expect(200, pinned.body);
    await request(here).delete(`${path()}/pin`).set(visitorHeaders()).expect(403);
    const unpinned = await request(here).delete(`${path()}/pin`).set(asAgent(owner)).expect(200);
    expect(unpinned.body).toMatchObject({ pinned: false, rev: 2 });
  });

  it('what is pinned is listed for all who see it, on every node, without notes and tombstones', async () => {
    const said = [first];
    for (const content of ['two', 'three'])
      said.push((await must(agent, 'message:send', { conversationId: id, ...aMessage(content) })).message);
    const note = { conversationId: id, ...aMessage('note'), private: true };
    said.push((await must(agent, 'message:send', note)).message);
    const [, two] = said;
    for (const message of said)
      await request(here)
        .put(`${path(message)}/pin`)
        .set(asAgent(owner))
        .expect(200);
    await request(here).delete(path(two)).set(asAgent(owner)).expect(200);
    const key = await request(here)
      .post(`/v1/environments/${owner.environment.id}/api-keys`)
      .set(asAgent(owner))
      .send({ name: 'without notes', scopes: ['messages:read'] })
      .expect(201);
    const list = async (as: Record<string, string>, query = '') => {
      const { body } = await request(there).get(`/v1/conversations/${id}/pins${query}`).set(as).expect(200);
      return body as Page<MessageView>;
    };
    const contents = ({ items }: Page<MessageView>) => items.map(({ content }) => content);
    expect(contents(await list(asAgent(owner)))).toEqual(['note', 'three', 'one']);
    expect(contents(await list(visitorHeaders()))).toEqual(['three', 'one']);
    expect(contents(await list(asPartner(key.body)))).toEqual(['three', 'one']);
    const newest = await list(visitorHeaders(), '?limit=1');
    expect(contents(newest)).toEqual(['three']);
    const rest = await list(visitorHeaders(), `?limit=1&cursor=${newest.nextCursor}`);
    expect([contents(rest), rest.nextCursor]).toEqual([['one'], null]);
    const strange = Buffer.from(JSON.stringify(['-1'])).toString('base64url');
    for (const cursor of ['x', strange])
      await request(there)
        .get(`/v1/conversations/${id}/pins?cursor=${cursor}`)
        .set(visitorHeaders())
        .expect(400);
  });

  it('nobody edits the words of others; admins may delete them', async () => {
    const edited = await call(agent, 'message:edit', { ...which(), content: 'not mine' });
    expect(edited).toMatchObject({ ok: false, error: { code: 'chat.not_sender' } });
    const answer = await must(agent, 'message:send', { conversationId: id, ...aMessage('answer') });
    const deleted = await call(visitor, 'message:delete', which(answer.message));
    expect(deleted).toMatchObject({ ok: false, error: { code: 'chat.not_sender' } });
    const moderated = await request(here).delete(path()).set(asAgent(owner)).expect(200);
    expect(moderated.body.deletedAt).not.toBeNull();
  });

  it('changes of notes reach agents only, and cost the user a number and nothing else', async () => {
    const heard: MessageView[] = [];
    visitor.on('message:updated', ({ message }) => heard.push(message));
    const note = await must(agent, 'message:send', {
      conversationId: id,
      ...aMessage('note'),
      private: true,
    });
    await must(agent, 'message:edit', { ...which(note.message), content: 'note, edited' });
    await must(agent, 'message:react', { ...which(note.message), emoji: '👀', on: true });
    const seen = await call(visitor, 'message:react', { ...which(note.message), emoji: '👀', on: true });
    expect(seen).toMatchObject({ ok: false, error: { code: 'chat.not_found' } });
    const told = next(visitor, 'message:updated', ({ message }) => message.content === 'after');
    await must(visitor, 'message:edit', { ...which(), content: 'after' });
    const { conversations } = await sync(visitor, 0, 0);
    expect(conversations[0]).toMatchObject({ headSeq: 2, headRev: 3 });
    expect(conversations[0]?.changes.map(({ rev }) => rev)).toEqual([3]);
    await told;
    expect(new Set(heard.map((message) => message.id))).toEqual(new Set([first.id]));
    visitor.off('message:updated');
  });

  it('what is no emoji is no reaction', async () => {
    for (const emoji of ['', 'x', '👍👍', ':smile:', '1', 'a\u0301', '<b>', '👍'.repeat(300)]) {
      const answer = await call(visitor, 'message:react', { ...which(), emoji, on: true });
      expect([emoji, answer]).toMatchObject([
        emoji,
        { ok: false, error: { code: 'common.validation_failed' } },
      ]);
    }
    for (const emoji of ['👩🏽‍🚀', '🇰🇷', '❤️', '#️⃣']) {
      await must(visitor, 'message:react', { ...which(), emoji, on: true });
    }
  });

  it('edits at once on two nodes get numbers without gap or repeat, and both nodes agree in the end', async () => {
    const messages = [first];
    for (const client of [visitor, agent, visitor]) {
      messages.push((await must(client, 'message:send', { conversationId: id, ...aMessage() })).message);
    }
    const acks = await Promise.all(
      messages.flatMap((message) => {
        const client = message.sender.type === 'user' ? visitor : agent;
        const edits = [1, 2, 3].map((turn) =>
          must(client, 'message:edit', { ...which(message), content: `turn ${turn} of ${message.seq}` }),
        );
        const reactions = [visitor, agent].map((one) =>
          must(one, 'message:react', { ...which(message), emoji: '🎉', on: true }),
        );
        return [...edits, ...reactions];
      }),
    );
    const revs = acks.map(({ message }) => message.rev).sort((a, b) => a - b);
    expect(revs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const [asVisitor, asTheAgent] = await Promise.all([sync(visitor, 0, 0), sync(agent, 0, 0)]);
    expect(asVisitor.conversations).toEqual(asTheAgent.conversations);
    expect(asVisitor.conversations[0]).toMatchObject({ headSeq: 4, headRev: 20 });
    for (const message of asVisitor.conversations[0]!.messages) {
      expect(message.content).toMatch(`turn 3 of ${message.seq}`);
      expect(message.reactions).toMatchObject([{ emoji: '🎉', count: 2 }]);
    }
  });
});
