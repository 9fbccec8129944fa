import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import request from 'supertest';
import type { ConversationView } from '../../src/contracts/chat.js';
import type { CreatedApiKeyView, RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { newId } from '../../src/common/ids.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { startCluster, type Cluster } from '../support/app.js';
import { aMessage, asAgent, asPartner, asUser, boot, register } from '../support/people.js';

type Headers = Record<string, string>;

const MANY = 20_000;
/** The most messages of one read. */
const LARGEST_PAGE = 500;
const WORDS = 'x'.repeat(4_000);
const MB = 1024 ** 2;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a conversation as a file, over two nodes', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let visitor: BootView;
  let asVisitor: Headers;
  let conversation: ConversationView;

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    visitor = await boot(here, owner.environment.pluginKey, { profile: { name: 'Kim Minji' } });
    asVisitor = asUser(owner.environment.pluginKey, visitor);
    conversation = await start('제품 교환');
  });

  afterAll(() => cluster.stop());

  async function start(subject: string): Promise<ConversationView> {
    const body = { subject, message: aMessage('안녕하세요 <b>') };
    const answer = await request(here).post('/v1/conversations').set(asVisitor).send(body).expect(201);
    return answer.body as ConversationView;
  }
  const path = (id = conversation.id) => `/v1/conversations/${id}/export`;
  const say = (id: string, body: object, as = asAgent(owner)) =>
    request(here).post(`/v1/conversations/${id}/messages`).set(as).send(body).expect(201);
  const partner = async (scopes: string[]) => {
    const keys = `/v1/environments/${owner.environment.id}/api-keys`;
    const made = await request(here).post(keys).set(asAgent(owner)).send({ name: 'server', scopes });
    return asPartner(made.body as CreatedApiKeyView);
  };

  it('comes as JSON, as text and as a page, on every node', async () => {
    await say(conversation.id, aMessage('How can we help?'));
    const json = await request(there).get(path()).set(asVisitor).expect(200);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.body.messages.map(({ content }: { content: string }) => content)).toEqual([
      '안녕하세요 <b>',
      'How can we help?',
    ]);
    expect(json.body).toMatchObject({
      conversation: { id: conversation.id, subject: '제품 교환' },
      participants: expect.arrayContaining([expect.objectContaining({ name: 'Kim Minji' })]),
    });
    const text = await request(there).get(path()).query({ format: 'text' }).set(asVisitor).expect(200);
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text.text).toMatch(
      /^#1 {2}\w{3} \d+, \d{4}, \d\d:\d\d:\d\d UTC {2}Kim Minji \(user\)\n {4}안녕하세요 <b>$/m,
    );
    const page = await request(there).get(path()).query({ format: 'html' }).set(asVisitor).expect(200);
    expect(page.text).toContain('안녕하세요 &lt;b&gt;');
    expect(page.headers['content-security-policy']).toMatch(
      /^sandbox; default-src 'none'; style-src 'sha256-/,
    );
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="conversation-${conversation.id}.html"; filename*=UTF-8''${encodeURIComponent('제품-교환.html')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-ratelimit-limit': '10',
    });
  });

  it('speaks the language that was asked for, else one that the caller likes', async () => {
    await request(here)
      .put(`/v1/conversations/${conversation.id}/status`)
      .set(asAgent(owner))
      .send({ status: 'resolved' })
      .expect(200);
    const read = async (query: object, accepted: Headers = {}) => {
      const asked = request(there)
        .get(path())
        .query({ format: 'text', ...query });
      return (await asked.set({ ...asVisitor, ...accepted }).expect(200)).text;
    };
    const inKorean = /^참여자: .*고객[^]*^#1 {2}\d{4}년 \d+월 \d+일 [^]*상태를 바꿨습니다: 진행 중 → 해결$/m;
    const inEnglish =
      /^Participants: .*user[^]*^#1 {2}\w{3} \d+, [^]*changed the status from open to resolved$/m;
    expect(await read({ language: 'ko' })).toMatch(inKorean);
    expect(await read({}, { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })).toMatch(inKorean);
    expect(await read({ language: 'en' }, { 'accept-language': 'ko' })).toMatch(inEnglish);
    expect(await read({})).toMatch(inEnglish);
    await request(there).get(path()).query({ language: 'fr' }).set(asVisitor).expect(400);
  });

  it('has notes for agents only, and nothing of what was deleted or said before an edit', async () => {
    const { id } = await start('notes');
    await say(id, { ...aMessage('between us'), private: true });
    const { message } = (await say(id, aMessage('first words'))).body as { message: { id: string } };
    const one = `/v1/conversations/${id}/messages/${message.id}`;
    await request(here).patch(one).set(asAgent(owner)).send({ content: 'last words' }).expect(200);
    const read = async (as: Headers) => (await request(there).get(path(id)).set(as).expect(200)).text;
    expect(await read(asAgent(owner))).toContain('between us');
    for (const as of [asVisitor, await partner(['messages:read'])]) {
      expect(await read(as)).toContain('last words');
      expect(await read(as)).not.toMatch(/between us|first words/);
    }
    expect(await read(await partner(['messages:read', 'notes:read']))).toContain('between us');
    await request(here).delete(one).set(asAgent(owner)).expect(200);
    expect(await read(asAgent(owner))).not.toMatch(/last words|first words/);
  });

  it('is for nobody else', async () => {
    const stranger = await register(here, 'Other');
    const other = await boot(here, owner.environment.pluginKey);
    const asOther = asUser(owner.environment.pluginKey, other);
    for (const as of [asAgent(stranger), asOther]) {
      const answer = await request(here).get(path()).set(as).expect(404);
      expect(answer.body).toMatchObject({ code: 'chat.not_found' });
    }
    await request(here)
      .get(path())
      .set(await partner(['messages:write']))
      .expect(403);
    await request(here).get(path()).expect(401);
    const wrong = await request(here).get(path()).query({ format: 'exe' }).set(asAgent(owner)).expect(400);
    expect(wrong.body).toMatchObject({ code: 'common.validation_failed' });
  });

  it('is a part of all that is stored of its user, with last words and reactions, without notes and what is held', async () => {
    const { id } = await start('everything');
    const moderation = { bannedWords: ['forbidden-word'], action: 'hold' };
    await request(here)
      .patch(`/v1/environments/${owner.environment.id}`)
      .set(asAgent(owner))
      .send({ settings: { moderation } })
      .expect(200);
    const held = await say(id, aMessage('a forbidden-word'), asVisitor);
    expect(held.body).toMatchObject({ message: { held: true } });
    await say(id, { ...aMessage('between us'), private: true });
    const { message } = (await say(id, aMessage('first words'))).body as { message: { id: string } };
    const one = `/v1/conversations/${id}/messages/${message.id}`;
    await request(here).patch(one).set(asAgent(owner)).send({ content: 'last words' }).expect(200);
    await request(here)
      .put(`${one}/reactions/${encodeURIComponent('👍')}`)
      .set(asVisitor)
      .expect(200);
    const exported = await request(there)
      .get(`/v1/users/${visitor.user.id}/export`)
      .set(asAgent(owner))
      .responseType('text')
      .expect(200);
    const lines = String(exported.body).trim().split('\n');
    const found = lines.map((line) => JSON.parse(line)).find((line) => line.message?.id === message.id);
    expect(found.message).toMatchObject({
      content: 'last words',
      editedAt: expect.any(String),
      reactions: [{ emoji: '👍', count: 1 }],
    });
    expect(String(exported.body)).not.toMatch(/between us|first words|forbidden-word/);
  });

  describe('of many messages', () => {
    let long: ConversationView;
    let agent: Headers;

    beforeAll(async () => {
      long = await start('long');
      agent = asAgent(owner);
      await fill(long, MANY);
    }, 120_000);

    /** As if they had been said: through the API it would take minutes. */
    async function fill({ id }: ConversationView, count: number): Promise<void> {
      const messages = cluster.nodes[0]!.app.get<Connection>(getConnectionToken()).collection('messages');
      const first = await messages.findOne({ conversationId: id, seq: 1 });
      const { clientMessageId: _, outbox: __, ...like } = first!;
      for (let seq = 2; seq <= count; seq += 1_000) {
        const batch = Array.from({ length: Math.min(1_000, count + 1 - seq) }, (_item, index) => {
          return { ...like, _id: newId() as never, seq: seq + index, content: WORDS };
        });
        await messages.insertMany(batch);
      }
    }

    const open = async (address = path(long.id)) => {
      const asking = getHttp(`${here}${address}`, { headers: agent });
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      return { asking, answer };
    };
    /** What is still needed, without what only waits to be collected. */
    const used = () => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };

    /** The number when it did not change any more for a second. */
    async function settled(count: () => number): Promise<number> {
      for (let before = -1; before !== count(); await sleep(1_000)) before = count();
      return count();
    }

    it('takes no more memory than a few', async () => {
      const before = used();
      let [size, most, measuredAt] = [0, 0, 0];
      const { answer } = await open();
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size < measuredAt + 20 * MB) continue;
        measuredAt = size;
        most = Math.max(most, used() - before);
      }
      expect(size).toBeGreaterThan(75 * MB);
      expect(most).toBeLessThan(30 * MB);
    }, 60_000);

    it.each([
      ['a conversation', () => `${path(long.id)}?format=text`],
      ['all of a user', () => `/v1/users/${visitor.user.id}/export`],
    ])(
      'waits for a reader of %s who is slow, and stops for one who goes away',
      async (_, address) => {
        const page = jest.spyOn(cluster.nodes[0]!.app.get(MessageRepository), 'page');
        const asked = () => page.mock.calls.reduce((sum, [, , { limit }]) => sum + limit, 0);
        const { asking, answer } = await open(address());
        try {
          answer.pause();
          const whileWaiting = await settled(asked);
          expect(whileWaiting).toBeLessThan(MANY / 2);
          asking.destroy();
          await sleep(1_000);
          expect(asked() - whileWaiting).toBeLessThanOrEqual(LARGEST_PAGE);
        } finally {
          asking.destroy();
          page.mockRestore();
        }
      },
      30_000,
    );
  });

  it('is limited to ten a minute', async () => {
    const agent = await register(here, 'Limited');
    const statuses = [];
    for (let n = 0; n < 11; n++) {
      const answer = await request(here).get(`/v1/conversations/${newId()}/export`).set(asAgent(agent));
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
  });
});
