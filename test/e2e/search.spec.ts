import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import pg from 'pg';
import { indexMessages } from '../../migrations/mongo/20261121132000-index-messages.js';
import request from 'supertest';
import type {
  ConversationView,
  FoundMessageView,
  MessageView,
  SentMessage,
} from '../../src/contracts/chat.js';
import type { Page } from '../../src/contracts/common.js';
import type { CreatedApiKeyView, RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
import { asAgent, asPartner, asUser, boot, hire, register } from '../support/people.js';

type Headers = Record<string, string>;

/** Within which whatever was said must be found, and whatever was deleted not any more. */
const SOON_MS = 10_000;

describe('searching messages', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let colleague: RegistrationView;
  let visitor: BootView;
  let asOwner: Headers;
  let asColleague: Headers;
  let asVisitor: Headers;
  let support: ConversationView;

  beforeAll(async () => {
    cluster = await startCluster(2, { RELAY_INTERVAL_MS: '200', OUTBOX_LEASE_MS: '200' });
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    asOwner = asAgent(owner);
    colleague = await hire(here, owner, { name: 'Minji Kim' });
    asColleague = asAgent(colleague);
    const { pluginKey } = owner.environment;
    visitor = await boot(here, pluginKey);
    asVisitor = asUser(pluginKey, visitor);
    support = await start(asVisitor, { message: { content: '안녕하세요, 제품 교환 문의입니다' } });
  }, 60_000);

  afterAll(() => cluster.stop());

  async function start(as: Headers, body: object): Promise<ConversationView> {
    return (await request(here).post('/v1/conversations').set(as).send(body).expect(201))
      .body as ConversationView;
  }

  async function say(
    as: Headers,
    { id }: { id: string },
    content: string,
    more: object = {},
  ): Promise<MessageView> {
    const answer = await request(here)
      .post(`/v1/conversations/${id}/messages`)
      .set(as)
      .send({ content, ...more })
      .expect(201);
    return (answer.body as SentMessage).message;
  }

  async function search(as: Headers, query: string, more: object = {}): Promise<Page<FoundMessageView>> {
    const answer = await request(there)
      .get('/v1/messages/search')
      .query({ query, ...more })
      .set(as)
      .expect(200);
    return answer.body as Page<FoundMessageView>;
  }

  const idsOf = async (as: Headers, query: string, more: object = {}) =>
    (await search(as, query, more)).items.map(({ message }) => message.id);

  /** What is found once it is what is expected, or at the end of the time for it. */
  async function soon(
    as: Headers,
    query: string,
    ids: string[],
    more: object = {},
    ms = SOON_MS,
  ): Promise<void> {
    const isSo = async () => JSON.stringify(await idsOf(as, query, more)) === JSON.stringify(ids);
    for (const end = Date.now() + ms; Date.now() < end && !(await isSo());) await sleep(50);
    expect(await idsOf(as, query, more)).toEqual(ids);
  }

  describe('what is found', () => {
    it.each([
      ['교환품', '교환품은 언제 오나요'],
      ['접수번', '교환접수번호를 알려주세요'],
      ['京都', '東京都の店舗です'],
      ['efun', 'Where is my REFUND?'],
      ['"late again"', 'You are late again, I see'],
    ])('is %s in "%s", on another node soon', async (query, content) => {
      const said = await say(asVisitor, support, content);
      await soon(asOwner, query, [said.id]);
      const [found] = (await search(asOwner, query)).items;
      expect(found).toMatchObject({
        message: { id: said.id, content },
        conversation: { id: support.id, kind: 'support' },
        snippet: { text: content },
      });
      const [[start, end]] = found!.snippet.ranges as [[number, number]];
      expect(content.slice(start, end).toLowerCase()).toBe(query.replaceAll('"', ''));
    });

    it('is the newest first, page by page, and narrowed as asked for', async () => {
      const word = `w${randomUUID().slice(0, 8)}`;
      const said = [];
      for (const as of [asVisitor, asOwner, asVisitor]) said.push(await say(as, support, `${word} 하나`));
      const [first, second, third] = said.map(({ id }) => id) as [string, string, string];
      await soon(asOwner, word, [third, second, first]);
      const page = await search(asOwner, word, { limit: 2 });
      expect(page.items.map(({ message }) => message.id)).toEqual([third, second]);
      const next = await search(asOwner, word, { limit: 2, cursor: page.nextCursor });
      expect(next).toMatchObject({ items: [{ message: { id: first } }], nextCursor: null });
      expect(await idsOf(asOwner, word, { senderId: owner.agent.id })).toEqual([second]);
      expect(await idsOf(asOwner, word, { kind: 'group' })).toEqual([]);
      expect(await idsOf(asOwner, word, { conversationId: support.id })).toHaveLength(3);
      expect(await idsOf(asOwner, word, { from: said[1]!.createdAt })).toEqual([third, second]);
      expect(await idsOf(asOwner, word, { to: said[1]!.createdAt })).toEqual([first]);
    });
  });

  describe('changes', () => {
    it('are searched as the text is now, and deleted ones not at all', async () => {
      const said = await say(asVisitor, support, '반송장번호입니다');
      await soon(asOwner, '반송장', [said.id]);
      const path = `/v1/conversations/${support.id}/messages/${said.id}`;
      await request(here).patch(path).set(asVisitor).send({ content: '운송장번호입니다' }).expect(200);
      expect(await idsOf(asOwner, '반송장')).toEqual([]);
      await soon(asOwner, '운송장', [said.id]);
      await request(here).delete(path).set(asVisitor).expect(200);
      expect(await idsOf(asOwner, '운송장')).toEqual([]);
      await sleep(1_000);
      expect(await textOf(said.id)).toBe('');
    });
  });

  describe('who finds what', () => {
    it('shows notes to agents, and to partners who may read notes', async () => {
      const note = await say(asOwner, support, '내부메모 환불불가', { private: true });
      await soon(asOwner, '내부메모', [note.id]);
      expect(await idsOf(asVisitor, '내부메모')).toEqual([]);
      expect(await idsOf(await aPartner(['messages:read']), '내부메모')).toEqual([]);
      expect(await idsOf(await aPartner(['messages:read', 'notes:read']), '내부메모')).toEqual([note.id]);
    });

    it('shows users what is their own, and other tenants and environments nothing', async () => {
      const said = await say(asVisitor, support, '나만의비밀이야기');
      await soon(asVisitor, '비밀이야기', [said.id]);
      const { pluginKey } = owner.environment;
      const neighbour = asUser(pluginKey, await boot(here, pluginKey));
      expect(await idsOf(neighbour, '비밀이야기')).toEqual([]);
      const stranger = asAgent(await register(here, 'Other'));
      expect(await idsOf(stranger, '비밀이야기')).toEqual([]);
      for (const as of [neighbour, stranger]) {
        await request(there)
          .get('/v1/messages/search')
          .query({ query: '비밀이야기', conversationId: support.id })
          .set(as)
          .expect(404);
      }
    });

    it('needs the scope to read messages', async () => {
      const asReader = await aPartner(['users:read']);
      await request(there).get('/v1/messages/search').query({ query: '교환' }).set(asReader).expect(403);
    });

    it('shows those who were removed nothing any more', async () => {
      const group = await start(asOwner, { kind: 'group', agentIds: [colleague.agent.id], name: 'plans' });
      const said = await say(asOwner, group, '극비계획안');
      await soon(asColleague, '비계획', [said.id]);
      expect((await search(asColleague, '비계획')).items[0]!.conversation).toMatchObject({ title: 'plans' });
      await request(here)
        .delete(`/v1/conversations/${group.id}/participants`)
        .set(asOwner)
        .send({ agentIds: [colleague.agent.id] })
        .expect((answer) => expect(answer.status).toBeLessThan(300));
      expect(await idsOf(asColleague, '비계획')).toEqual([]);
      expect(await idsOf(asOwner, '비계획')).toEqual([said.id]);
    });

    it('leaves nothing of an erased user behind', async () => {
      const { pluginKey } = owner.environment;
      const leaving = await boot(here, pluginKey);
      const conversation = await start(asUser(pluginKey, leaving), {
        message: { content: '잊어주세요제발' },
      });
      const [found] = await eventually(() => idsOf(asOwner, '잊어주세요'));
      await request(here).delete(`/v1/users/${leaving.user.id}`).set(asOwner).expect(200);
      expect(await idsOf(asOwner, '잊어주세요')).toEqual([]);
      expect(await textOf(found!)).toBeNull();
      expect(conversation.id).toBeDefined();
    });
  });

  it('finds what was said before there was an index', async () => {
    const said = await say(asVisitor, support, '옛날이야기');
    await soon(asOwner, '옛날이', [said.id]);
    await administer('DELETE FROM message_index WHERE message_id = $1', [said.id]);
    expect(await idsOf(asOwner, '옛날이')).toEqual([]);
    const mongo = await mongoose
      .createConnection(cluster.databases.mongodb, { autoIndex: false })
      .asPromise();
    await indexMessages.up(mongo.db!);
    await mongo.close();
    await soon(asOwner, '옛날이', [said.id], {}, 5_000);
  });

  describe('the index is away', () => {
    it('takes messages all the same, and finds them when it is back', async () => {
      await administer('ALTER TABLE message_index RENAME TO message_index_away');
      const said = await say(asVisitor, support, '정전중에보냄');
      await sleep(1_000);
      await administer('ALTER TABLE message_index_away RENAME TO message_index');
      await soon(asOwner, '정전중', [said.id], {}, 15_000);
    }, 30_000);
  });

  it('says what is wrong with a question', async () => {
    const wrong = [
      { query: '' },
      { query: '?!' },
      {},
      { query: 'a', from: 'soon' },
      { query: 'a', cursor: 'x' },
    ];
    for (const asked of wrong) {
      const answer = await request(there).get('/v1/messages/search').query(asked).set(asOwner).expect(400);
      expect(answer.body).toMatchObject({ code: 'common.validation_failed' });
    }
  });

  it('says how often it may be asked', async () => {
    const answer = await request(there)
      .get('/v1/messages/search')
      .query({ query: '교환' })
      .set(asOwner)
      .expect(200);
    expect(answer.headers).toMatchObject({ 'x-ratelimit-limit': '1000' });
  });

  it('finds users and conversations by parts of their words as well', async () => {
    const { pluginKey } = owner.environment;
    const named = await boot(here, pluginKey, { profile: { name: '김민지고객' } });
    const about = await start(asUser(pluginKey, named), { subject: '주문제작상품문의' });
    const users = await request(there).get('/v1/users').query({ query: '지고' }).set(asOwner).expect(200);
    expect(users.body).toMatchObject({ items: [{ id: named.user.id }] });
    const found = await request(there)
      .get('/v1/conversations')
      .query({ query: '상품' })
      .set(asOwner)
      .expect(200);
    expect(found.body).toMatchObject({ items: [{ id: about.id }] });
  });

  async function aPartner(scopes: string[]): Promise<Headers> {
    const key = await request(here)
      .post(`/v1/environments/${owner.environment.id}/api-keys`)
      .set(asOwner)
      .send({ name: 'backend', scopes })
      .expect(201);
    return asPartner(key.body as CreatedApiKeyView);
  }

  async function eventually(find: () => Promise<string[]>): Promise<string[]> {
    for (const end = Date.now() + SOON_MS; Date.now() < end;) {
      const found = await find();
      if (found.length > 0) return found;
      await sleep(50);
    }
    return find();
  }

  async function administer(sql: string, values: unknown[] = []): Promise<{ text: string }[]> {
    const client = new pg.Client({ connectionString: cluster.databases.postgres });
    await client.connect();
    try {
      return (await client.query<{ text: string }>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  async function textOf(messageId: string): Promise<string | null> {
    const [row] = await administer('SELECT text FROM message_index WHERE message_id = $1', [messageId]);
    return row?.text ?? null;
  }
});
