import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import request from 'supertest';
import { EventSink, type OutwardEvent } from '../../src/common/events/event-sink.js';
import { newId } from '../../src/common/ids.js';
import { loadConfig } from '../../src/config/app-config.js';
import type { CreatedConversation, MessageView, SentMessage } from '../../src/contracts/chat.js';
import type { Page } from '../../src/contracts/common.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type {
  CreatedWebhookView,
  WebhookAgent,
  WebhookDeliveryDetailView,
  WebhookDeliveryView,
  WebhookView,
} from '../../src/contracts/webhooks.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { until as waitUntil } from '../faults/rig/waiting.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { aMessage, asAgent, asUser, boot, connect, register } from '../support/people.js';
import { answering, isSignedWith, WebhookReceiver, type Received } from '../support/webhook-receiver.js';

const SOON = 20_000;

function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  return waitUntil(isSo, () => isSo.toString(), SOON);
}

describe('webhooks, told what happens', () => {
  let mails: MailServer;
  let cluster: Cluster;
  let worker: INestApplicationContext;
  let url: string;
  let receiver: WebhookReceiver;
  let paths = 0;

  beforeAll(async () => {
    mails = await startMailServer();
    const settings = {
      FETCH_LOCALHOST: 'true',
      SMTP_URL: mails.url,
      WEBHOOK_TIMEOUT_MS: '1000',
      PRESENCE_GRACE_MS: '200',
      WEBHOOK_LEASE_MS: '4000',
      WEBHOOK_SWEEP_MS: '500',
    };
    cluster = await startCluster(2, settings);
    url = cluster.nodes[0]!.url;
    const config = loadConfig(envFor(cluster.databases, settings));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
    receiver = await WebhookReceiver.start();
  }, 60_000);

  afterAll(async () => {
    await worker.close();
    await cluster.stop();
    await receiver.stop();
    await mails.stop();
  });

  class House {
    constructor(
      readonly owner: RegistrationView,
      readonly hook: CreatedWebhookView,
      readonly path: string,
    ) {}

    get hooks(): string {
      return `/v1/environments/${this.owner.environment.id}/webhooks`;
    }

    send(method: 'get' | 'post' | 'patch' | 'put' | 'delete', to: string, body?: object) {
      return request(url)[method](to).set(asAgent(this.owner)).send(body);
    }

    get told(): Received[] {
      return receiver.of(this.path);
    }

    async visitor() {
      const { pluginKey } = this.owner.environment;
      const booted = await boot(url, pluginKey, { profile: { name: 'Kim' } });
      const headers = asUser(pluginKey, booted);
      const begin = async (content = 'hello') => {
        const sent = request(cluster.nodes[1]!.url).post('/v1/conversations').set(headers);
        const { body } = await sent.send({ message: aMessage(content) }).expect(201);
        return body as CreatedConversation['conversation'];
      };
      const say = async (conversationId: string, content: string) => {
        const sent = request(url).post(`/v1/conversations/${conversationId}/messages`).set(headers);
        return ((await sent.send(aMessage(content)).expect(201)).body as SentMessage).message;
      };
      return { begin, say, headers, id: booted.user.id };
    }

    async deliveries(query = ''): Promise<WebhookDeliveryView[]> {
      const { body } = await this.send('get', `${this.hooks}/${this.hook.id}/deliveries${query}`).expect(200);
      return (body as Page<WebhookDeliveryView>).items;
    }

    async view(): Promise<WebhookView> {
      return (await this.send('get', `${this.hooks}/${this.hook.id}`).expect(200)).body as WebhookView;
    }

    async next(type: string, fits: (received: Received) => boolean = () => true): Promise<Received> {
      return receiver.next((one) => one.path === this.path && one.event.type === type && fits(one), SOON);
    }
  }

  async function aHouse(given: object = {}): Promise<House> {
    const owner = await register(url);
    const path = `/hooks-${++paths}`;
    const made = await request(url)
      .post(`/v1/environments/${owner.environment.id}/webhooks`)
      .set(asAgent(owner))
      .send({ url: receiver.urlOf(path), ...given })
      .expect(201);
    return new House(owner, made.body as CreatedWebhookView, path);
  }
  const contentOf = ({ event }: Received) => (event.data['message'] as MessageView).content;
  const isAbout = (content: string) => (received: Received) => contentOf(received) === content;

  beforeEach(() => {
    receiver.behaviour = (response) => response.end('ok');
  });

  it('tells what a user says, signed, once', async () => {
    const house = await aHouse({ events: ['message.created'] });
    const visitor = await house.visitor();
    const conversation = await visitor.begin('안녕하세요');
    const received = await house.next('message.created');
    expect(received.event).toMatchObject({
      type: 'message.created',
      environmentId: house.owner.environment.id,
      performedBy: { type: 'user', id: visitor.id, name: 'Kim' },
      data: {
        message: { content: '안녕하세요', seq: 1, conversationId: conversation.id },
        conversation: { id: conversation.id, status: 'open', user: { id: visitor.id, name: 'Kim' } },
      },
    });
    expect(Date.parse(received.event.timestamp)).toBeGreaterThan(Date.now() - 60_000);
    expect(isSignedWith(house.hook.secret, received)).toBe(true);
    expect(isSignedWith(`whsec_${Buffer.alloc(32).toString('base64')}`, received)).toBe(false);
    expect(isSignedWith(house.hook.secret, { ...received, body: `${received.body} ` })).toBe(false);
    expect(received.headers).toMatchObject({ 'content-type': 'application/json' });
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    const [delivery] = await house.deliveries();
    expect(delivery).toEqual({
      id: received.id,
      type: 'message.created',
      state: 'delivered',
      attempts: [
        { at: expect.any(String), status: 200, error: null, durationMs: expect.any(Number), response: 'ok' },
      ],
      nextAttemptAt: null,
      createdAt: expect.any(String),
    });
    const one = await house.send('get', `${house.hooks}/${house.hook.id}/deliveries/${delivery!.id}`);
    expect((one.body as WebhookDeliveryDetailView).body).toBe(received.body);
    expect(house.told).toHaveLength(1);
  });

  it('tells edits, reactions and deletions, and who did it', async () => {
    const house = await aHouse({ events: ['message.updated'] });
    const visitor = await house.visitor();
    const { id } = await visitor.begin();
    const { id: messageId } = await visitor.say(id, 'befor');
    const path = `/v1/conversations/${id}/messages/${messageId}`;
    await request(url).patch(path).set(visitor.headers).send({ content: 'before' }).expect(200);
    const edited = await house.next('message.updated');
    expect(edited.event).toMatchObject({
      performedBy: { type: 'user', id: visitor.id },
      data: { message: { id: messageId, content: 'before', rev: 1 } },
    });
    await house.send('put', `${path}/reactions/${encodeURIComponent('👍')}`).expect(200);
    const reacted = await house.next('message.updated', ({ id: other }) => other !== edited.id);
    expect(reacted.event).toMatchObject({ performedBy: { type: 'agent', id: house.owner.agent.id } });
    await request(url).delete(path).set(visitor.headers).expect(200);
    const deleted = await house.next('message.updated', isAbout(''));
    expect((deleted.event.data['message'] as MessageView).deletedAt).not.toBeNull();
  });

  it('tells notes only to those that include them, and nothing of teams or other tenants', async () => {
    const [plain, stranger] = [await aHouse(), await aHouse({ includesNotes: true })];
    const noted = `/noted-${++paths}`;
    await plain.send('post', plain.hooks, { url: receiver.urlOf(noted), includesNotes: true }).expect(201);
    const visitor = await plain.visitor();
    const { id } = await visitor.begin('first');
    const note = { ...aMessage('between us'), private: true };
    await plain.send('post', `/v1/conversations/${id}/messages`, note).expect(201);
    await plain
      .send('post', '/v1/conversations', {
        kind: 'channel',
        name: 'team',
        visibility: 'public',
        message: aMessage('among us'),
      })
      .expect(201);
    await visitor.say(id, 'last');
    await receiver.next((one) => one.path === noted && isMessage(one) && contentOf(one) === 'last', SOON);
    await plain.next('message.created', isAbout('last'));
    const said = (path: string) => receiver.of(path).filter(isMessage).map(contentOf);
    expect(said(noted).sort()).toEqual(['between us', 'first', 'last']);
    expect(said(plain.path).sort()).toEqual(['first', 'last']);
    expect(stranger.told).toEqual([]);
  });
  const isMessage = ({ event }: Received) => event.type === 'message.created';

  it('tells nothing of a held message before it is approved', async () => {
    const house = await aHouse({ events: ['message.created', 'message.updated'] });
    const moderation = { bannedWords: ['spam'], action: 'hold' };
    await house
      .send('patch', `/v1/environments/${house.owner.environment.id}`, { settings: { moderation } })
      .expect(200);
    const visitor = await house.visitor();
    const { id } = await visitor.begin('hello');
    const [kept, refused] = [await visitor.say(id, 'spam 1'), await visitor.say(id, 'spam 2')];
    await visitor.say(id, 'after');
    await house.next('message.created', isAbout('after'));
    expect(house.told.map(contentOf).sort()).toEqual(['after', 'hello']);
    const review = (messageId: string, decision: string) =>
      house.send('put', `/v1/conversations/${id}/messages/${messageId}/review`, { decision }).expect(200);
    await review(refused.id, 'reject');
    await review(kept.id, 'approve');
    const { event } = await house.next('message.created', isAbout('spam 1'));
    expect(event.performedBy).toMatchObject({ type: 'user', id: visitor.id });
    expect(house.told).toHaveLength(3);
  });

  it('tells that a conversation began, went to somebody, was settled, rated and opened again', async () => {
    const house = await aHouse({
      events: [
        'conversation.created',
        'conversation.assigned',
        'conversation.status_changed',
        'conversation.rated',
      ],
    });
    const { agent } = house.owner;
    const visitor = await house.visitor();
    const { id } = await visitor.begin();
    const user = { type: 'user', id: visitor.id, name: 'Kim' };
    const by = { type: 'agent', id: agent.id, name: agent.name };
    const created = await house.next('conversation.created');
    expect(created.event).toMatchObject({
      performedBy: user,
      data: { conversation: { id, status: 'open' } },
    });

    await house.send('put', `/v1/conversations/${id}/assignee`, { agentId: agent.id }).expect(200);
    const assigned = await house.next('conversation.assigned');
    expect(assigned.event).toMatchObject({
      performedBy: by,
      data: { assignee: { id: agent.id, name: agent.name }, conversation: { id, assigneeId: agent.id } },
    });
    const team = (await house.send('post', '/v1/teams', { name: 'Refunds' }).expect(201)).body as {
      id: string;
    };
    await house.send('put', `/v1/conversations/${id}/team`, { teamId: team.id }).expect(200);
    const given = await house.next('conversation.assigned', ({ id: other }) => other !== assigned.id);
    expect(given.event).toMatchObject({
      performedBy: by,
      data: {
        assignee: { id: agent.id },
        team: { id: team.id, name: 'Refunds' },
        conversation: { teamId: team.id },
      },
    });
    await house.send('put', `/v1/conversations/${id}/status`, { status: 'resolved' }).expect(200);
    const resolved = await house.next('conversation.status_changed');
    expect(resolved.event).toMatchObject({
      performedBy: by,
      data: { status: 'resolved', previousStatus: 'open', conversation: { id, status: 'resolved' } },
    });

    const rate = (body: object, headers = visitor.headers) =>
      request(url).put(`/v1/conversations/${id}/rating`).set(headers).send(body);
    const answer = await rate({ score: 4, comment: ' quick ' }).expect(200);
    const rating = { score: 4, comment: 'quick' };
    expect(answer.body).toMatchObject({ rating: { ...rating, ratedAt: expect.any(String) } });
    const rated = await house.next('conversation.rated');
    expect(rated.event).toMatchObject({ performedBy: user, data: { rating } });
    await rate({ score: 4, comment: 'quick' }).expect(200);
    await rate({ score: 5 }).expect(200);
    const again = await house.next('conversation.rated', ({ id: other }) => other !== rated.id);
    expect(again.event.data).toMatchObject({ rating: { score: 5, comment: null } });
    const seen = await house.send('get', `/v1/conversations/${id}`).expect(200);
    expect(seen.body).toMatchObject({ rating: { score: 5, comment: null } });
    await rate({ score: 6 }).expect(400);
    const stranger = await house.visitor();
    await rate({ score: 1 }, stranger.headers).expect(404);

    await visitor.say(id, 'one more thing');
    const reopened = await house.next(
      'conversation.status_changed',
      ({ id: other }) => other !== resolved.id,
    );
    expect(reopened.event).toMatchObject({
      performedBy: user,
      data: { status: 'open', previousStatus: 'resolved' },
    });
    expect(house.told.filter(({ event }) => event.type === 'conversation.rated')).toHaveLength(2);
  });

  it('tells that a user came, changed and was erased, and keeps nothing of them', async () => {
    const house = await aHouse();
    const visitor = await house.visitor();
    const created = await house.next('user.created');
    expect(created.event).toMatchObject({
      performedBy: { type: 'user', id: visitor.id, name: 'Kim' },
      data: { user: { id: visitor.id, identity: 'anonymous', profile: { name: 'Kim' }, tags: [] } },
    });
    await house.send('patch', `/v1/users/${visitor.id}`, { tags: ['vip'] }).expect(200);
    const updated = await house.next('user.updated');
    expect(updated.event).toMatchObject({
      performedBy: { type: 'agent', id: house.owner.agent.id },
      data: { user: { id: visitor.id, tags: ['vip'] } },
    });
    await visitor.begin('a secret');
    await house.next('message.created');
    await until(async () => (await house.deliveries('?state=pending')).length === 0);
    await house.send('delete', `/v1/users/${visitor.id}`).expect(200);
    const erased = await house.next('user.erased');
    expect(erased.event).toMatchObject({
      performedBy: { type: 'agent', id: house.owner.agent.id },
      data: { user: { id: visitor.id }, receiptId: expect.any(String) },
    });
    const left = await house.deliveries();
    expect(left.map(({ type }) => type)).toEqual(['user.erased']);
  });

  it('neither tells nor keeps what is recorded of a user after their erasure', async () => {
    const house = await aHouse({ events: ['message.created'] });
    const [erased, other] = [await house.visitor(), await house.visitor()];
    await house.send('delete', `/v1/users/${erased.id}`).expect(200);
    const { organization, environment } = house.owner;
    const late = (userId: string): OutwardEvent => ({
      id: `message.created ${newId()}`,
      type: 'message.created',
      organizationId: organization.id,
      environmentId: environment.id,
      at: new Date(),
      performedBy: { type: 'user', id: userId, name: 'Kim' },
      conversationId: newId(),
      userId,
      isNote: false,
      data: { message: { content: `of ${userId}` } },
    });
    const sink = cluster.nodes[0]!.app.get(EventSink);
    await sink.record([late(erased.id), late(other.id), late(erased.id)]);
    await house.next('message.created', isAbout(`of ${other.id}`));
    await until(async () => (await house.deliveries('?state=pending')).length === 0);
    expect(house.told).toHaveLength(1);
    expect(await house.deliveries()).toHaveLength(1);
  });

  it('tells that an agent came, is busy and went, each once', async () => {
    const house = await aHouse({ events: ['agent.presence_changed'] });
    const { agent, accessToken } = house.owner;
    const client = await connect(url, { token: accessToken });
    const came = await house.next('agent.presence_changed');
    expect(came.event).toMatchObject({
      performedBy: { type: 'agent', id: agent.id },
      data: { agent: { id: agent.id, name: agent.name, presence: 'online', availability: 'available' } },
    });
    await house.send('patch', '/v1/agents/me', { availability: 'busy' }).expect(200);
    await house.send('patch', '/v1/agents/me', { name: agent.name }).expect(200);
    const isBusy = ({ event }: Received) => (event.data['agent'] as WebhookAgent).availability === 'busy';
    await house.next('agent.presence_changed', isBusy);
    client.disconnect();
    const isGone = ({ event }: Received) => (event.data['agent'] as WebhookAgent).presence === 'offline';
    await house.next('agent.presence_changed', isGone);
    expect(house.told).toHaveLength(3);
  });

  it('signs with both secrets while one takes over from the other', async () => {
    const house = await aHouse({ events: ['user.erased'] });
    const turned = await house.send('post', `${house.hooks}/${house.hook.id}/secret`).expect(200);
    const { secret } = turned.body as { secret: string };
    await house.send('post', `${house.hooks}/${house.hook.id}/test`).expect(202);
    const received = await house.next('webhook.test');
    expect(isSignedWith(secret, received)).toBe(true);
    expect(isSignedWith(house.hook.secret, received)).toBe(true);
    expect(received.event.performedBy).toMatchObject({ type: 'agent', id: house.owner.agent.id });
  });

  it('signs with the newest four of those that were made in a day, also at the same moment', async () => {
    const house = await aHouse({ events: ['user.erased'] });
    const turn = () => house.send('post', `${house.hooks}/${house.hook.id}/secret`).expect(200);
    const secretsOf = (answers: { body: unknown }[]) =>
      answers.map(({ body }) => (body as { secret: string }).secret);
    const hears = async () => {
      const { body } = await house.send('post', `${house.hooks}/${house.hook.id}/test`).expect(202);
      return house.next('webhook.test', ({ id }) => id === (body as WebhookDeliveryView).id);
    };
    const turned = secretsOf(await Promise.all([turn(), turn(), turn()]));
    const first = await hears();
    for (const secret of [house.hook.secret, ...turned]) expect(isSignedWith(secret, first)).toBe(true);
    const newest = secretsOf([await turn()]);
    const second = await hears();
    for (const secret of [...turned, ...newest]) expect(isSignedWith(secret, second)).toBe(true);
    expect(isSignedWith(house.hook.secret, second)).toBe(false);
  });

  it('comes back after five seconds when it was refused, under the same id', async () => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = answering(500);
    await (await house.visitor()).begin();
    const first = await house.next('message.created');
    await until(async () => (await house.deliveries())[0]?.attempts.length === 1);
    const [failed] = await house.deliveries('?state=pending');
    expect(failed).toMatchObject({ attempts: [{ status: 500, error: 'status' }] });
    expect((await house.view()).failingSince).not.toBeNull();
    receiver.behaviour = (response) => response.end();
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    const [, second] = house.told;
    expect(second!.id).toBe(first.id);
    expect(second!.body).toBe(first.body);
    expect(second!.at - first.at).toBeGreaterThan(4_400);
    expect((await house.view()).failingSince).toBeNull();
  });

  it('has not failed yet where it is told elsewhere, but where only its name changes it has', async () => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = answering(500);
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries())[0]?.attempts.length === 1);
    const change = (patch: object) =>
      house.send('patch', `${house.hooks}/${house.hook.id}`, patch).expect(200);
    expect((await change({ name: 'Shop', url: house.hook.url })).body.failingSince).not.toBeNull();
    expect((await change({ url: receiver.urlOf('/elsewhere') })).body.failingSince).toBeNull();
  });

  it('waits as long as it is asked to', async () => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = answering(503, { 'retry-after': '3600' });
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries())[0]?.attempts.length === 1);
    const [delivery] = await house.deliveries();
    const waits = Date.parse(delivery!.nextAttemptAt!) - Date.parse(delivery!.attempts[0]!.at);
    expect(waits).toBeGreaterThanOrEqual(3_600_000);
  });

  it.each<[string, WebhookReceiver['behaviour'], object]>([
    ['hangs', () => undefined, { status: null, error: 'timeout' }],
    ['stops in the middle', (response) => void response.write('x'), { status: null, error: 'timeout' }],
    ['hangs up', (response) => response.destroy(), { status: null, error: 'network' }],
    [
      'leads to where nobody should go',
      answering(302, { location: 'http://169.254.169.254/latest/' }),
      { status: 302, error: 'status' },
    ],
  ])('notes that a receiver %s', async (_, behaviour, attempt) => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = behaviour;
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries())[0]?.attempts.length === 1);
    const [delivery] = await house.deliveries();
    expect(delivery).toMatchObject({ state: 'pending', attempts: [attempt] });
  });

  it('takes the beginning of an answer without end, and keeps a little of it', async () => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = (response) => {
      const more = () => {
        while (!response.destroyed && response.write('가'.repeat(1_000)));
      };
      response.on('drain', more);
      more();
    };
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    const [delivery] = await house.deliveries();
    expect(delivery!.attempts[0]!.response).toBe('가'.repeat(1_000));
  });

  it('says what a bot answers with, once, and tells no bot what a bot said', async () => {
    const house = await aHouse({ isBot: true, name: 'Helper' });
    const other = `/other-${++paths}`;
    await house.send('post', house.hooks, { url: receiver.urlOf(other), events: ['message.created'] });
    const messages = [{ content: 'Which order?', metadata: { buttons: ['A', 'B'] } }, { content: '둘째' }];
    let tries = 0;
    receiver.behaviour = (response, { path, event }) => {
      if (path === other || event.performedBy?.type !== 'user') return response.end('ok');
      response.setHeader('content-type', 'application/json');
      response.statusCode = 200;
      response.end(JSON.stringify({ messages }), () => tries++);
    };
    const visitor = await house.visitor();
    const { id } = await visitor.begin('help');
    const history = async () => {
      const { body } = await request(url).get(`/v1/conversations/${id}/messages`).set(visitor.headers);
      return (body as { items: MessageView[] }).items;
    };
    await until(async () => (await history()).length === 3);
    const bot = { type: 'bot', id: house.hook.id, name: 'Helper', avatarUrl: null };
    expect(await history()).toMatchObject([
      { content: 'help' },
      { sender: bot, content: 'Which order?', metadata: { buttons: ['A', 'B'] } },
      { sender: bot, content: '둘째' },
    ]);
    await receiver.until((all) => all.filter((one) => one.path === other).length === 3);
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    const [delivery] = await house.deliveries();
    const replay = `${house.hooks}/${house.hook.id}/deliveries/${delivery!.id}/replay`;
    await house.send('post', replay).expect(202);
    await until(async () => (await house.deliveries('?state=delivered'))[0]?.attempts.length === 2);
    expect(tries).toBe(2);
    expect(await history()).toHaveLength(3);
    expect(house.told.map(contentOf)).toEqual(['help', 'help']);
  });

  it.each([
    ['too many of them', { messages: Array.from({ length: 6 }, () => ({ content: 'x' })) }],
    ['one that is too long', { messages: [{ content: 'x'.repeat(8_001) }] }],
    ['one that is none', { messages: [{ text: 'x' }] }],
    ['too much', { messages: [{ content: 'x' }], padding: 'x'.repeat(70_000) }],
  ])('notes that a bot answered with %s, and says none of it', async (_, answer) => {
    const house = await aHouse({ isBot: true });
    receiver.behaviour = (response) => response.end(JSON.stringify(answer));
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    expect(await house.deliveries()).toMatchObject([{ attempts: [{ status: 200, error: 'reply' }] }]);
  });

  it('is disabled by 410, with a mail, and its deliveries can be replayed once it is back', async () => {
    const house = await aHouse({ events: ['message.created'], name: 'Order system' });
    receiver.behaviour = answering(410);
    const visitor = await house.visitor();
    const { id } = await visitor.begin('lost');
    await until(async () => (await house.view()).status === 'disabled');
    expect(await house.view()).toMatchObject({ disabledReason: 'gone' });
    await until(async () => mails.mails.some(({ to }) => to.includes(house.owner.agent.email)));
    const mail = mails.mails.find(({ to }) => to.includes(house.owner.agent.email))!;
    expect(mail.text).toContain('Order system');
    const place = `environments/${house.owner.environment.id}/webhooks/${house.hook.id}`;
    expect(mail.text).toContain(`/dashboard/settings/${place}`);
    await until(async () => (await house.deliveries('?state=failed')).length === 1);
    const [failed] = await house.deliveries();
    const replay = `${house.hooks}/${house.hook.id}/deliveries/${failed!.id}/replay`;
    const refused = await house.send('post', replay).expect(409);
    expect(refused.body).toMatchObject({ code: 'webhook.disabled' });

    receiver.behaviour = (response) => response.end();
    await house.send('patch', `${house.hooks}/${house.hook.id}`, { status: 'enabled' }).expect(200);
    await house.send('post', replay).expect(202);
    await until(async () => (await house.deliveries('?state=delivered')).length === 1);
    expect(house.told.map(contentOf)).toEqual(['lost', 'lost']);
    await visitor.say(id, 'and on');
    await house.next('message.created', isAbout('and on'));
  });

  it('is disabled after three days in which nothing arrived, once, with an entry in the audit log', async () => {
    const house = await aHouse({ events: ['message.created'] });
    const postgres = cluster.nodes[0]!.app.get(DataSource);
    await postgres.query('UPDATE webhook_endpoints SET failing_since = $2 WHERE id = $1', [
      house.hook.id,
      new Date(Date.now() - 72 * 3_600_000 - 1_000),
    ]);
    receiver.behaviour = answering(500);
    await (await house.visitor()).begin();
    await until(async () => (await house.view()).status === 'disabled');
    expect(await house.view()).toMatchObject({ disabledReason: 'failing' });
    await until(async () => (await house.deliveries('?state=failed')).length === 1);
    const deeds = await postgres.query<unknown[]>(
      `SELECT actor_type, details FROM audit_log WHERE target_id = $1 AND action = 'webhook.disable'`,
      [house.hook.id],
    );
    expect(deeds).toEqual([{ actor_type: 'system', details: { reason: 'failing' } }]);
    await until(async () => mails.mails.some(({ to }) => to.includes(house.owner.agent.email)));
  });

  it('stops what waits when it is disabled by hand, and tells nothing once removed', async () => {
    const house = await aHouse({ events: ['message.created'] });
    receiver.behaviour = answering(500);
    await (await house.visitor()).begin();
    await until(async () => (await house.deliveries())[0]?.attempts.length === 1);
    await house.send('patch', `${house.hooks}/${house.hook.id}`, { status: 'disabled' }).expect(200);
    expect(await house.deliveries()).toMatchObject([{ state: 'failed', nextAttemptAt: null }]);
    await house.send('delete', `${house.hooks}/${house.hook.id}`).expect(204);
    await house.send('get', `${house.hooks}/${house.hook.id}/deliveries`).expect(404);
  });

  it('pages through what was told', async () => {
    const house = await aHouse({ events: ['user.erased'] });
    for (let number = 0; number < 3; number++)
      await house.send('post', `${house.hooks}/${house.hook.id}/test`).expect(202);
    const list = (query: string) =>
      house.send('get', `${house.hooks}/${house.hook.id}/deliveries?limit=2${query}`).expect(200);
    const first = (await list('')).body as Page<WebhookDeliveryView>;
    const rest = (await list(`&cursor=${first.nextCursor}`)).body as Page<WebhookDeliveryView>;
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(3);
    expect(rest.nextCursor).toBeNull();
    expect(((await list('&type=message.created')).body as Page<unknown>).items).toEqual([]);
    await house.send('get', `${house.hooks}/${house.hook.id}/deliveries?cursor=x`).expect(400);
  });
});
