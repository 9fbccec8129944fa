import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import mongoose from 'mongoose';
import request from 'supertest';
import { loadConfig } from '../../src/config/app-config.js';
import type { SentMessage } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { CHAT_QUEUE } from '../../src/modules/chat/chat.jobs.js';
import { ConversationRepository } from '../../src/modules/chat/conversation.repository.js';
import { alsoTelling } from '../../src/modules/chat/message-change.js';
import { MessageRepository } from '../../src/modules/chat/message.repository.js';
import { AgentPushService } from '../../src/modules/chat/notification/agent-push.service.js';
import { ChatProcessor } from '../../src/modules/chat/processors/chat.processor.js';
import { DigestService } from '../../src/modules/chat/notification/digest.service.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.js';
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
  PASSWORD,
  register,
} from '../support/people.js';
import { startPushReceiver, type Device, type PushReceiver } from '../support/push-receiver.js';

const PUSH_MS = 300;
/** Long enough for all that is to stand in one mail, also where much else runs. */
const MAIL_MS = 3_000;
const COOLDOWN_MS = 3_000;
const LEASE_MS = 2_000;
const SILENCE_MS = MAIL_MS + 2_000;
const ALL_DAY = { enabled: true, from: '00:00', to: '00:00', days: [0, 1, 2, 3, 4, 5, 6] };

describe('agents who are away are told', () => {
  let mailServer: MailServer;
  let receiver: PushReceiver;
  let cluster: Cluster;
  let worker: INestApplicationContext;
  let queue: Queue<{ conversationId?: string }>;
  let store: mongoose.Connection;
  let settings: Record<string, string>;
  let publicKey = '';
  let [url, secondUrl] = ['', ''];
  let owner: RegistrationView;
  let colleague: RegistrationView;
  const clients: Client[] = [];

  beforeAll(async () => {
    [mailServer, receiver] = [await startMailServer(), await startPushReceiver(() => publicKey)];
    settings = {
      SMTP_URL: mailServer.url,
      FETCH_LOCALHOST: 'true',
      AGENT_PUSH_DELAY_MS: String(PUSH_MS),
      AGENT_MAIL_DELAY_MS: String(MAIL_MS),
      MAIL_COOLDOWN_MS: String(COOLDOWN_MS),
      DIGEST_LEASE_MS: String(LEASE_MS),
      PRESENCE_GRACE_MS: '0',
    };
    cluster = await startCluster(2, settings);
    [url, secondUrl] = cluster.nodes.map((node) => node.url) as [string, string];
    queue = cluster.nodes[0]!.app.get<Queue>(getQueueToken(CHAT_QUEUE), { strict: false });
    store = await mongoose.createConnection(cluster.databases.mongodb).asPromise();
    const config = loadConfig(envFor(cluster.databases, settings));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
  }, 120_000);

  beforeEach(async () => {
    mailServer.answerWith('accept');
    receiver.answerWith(null);
    owner = await register(url, '한빛 상점');
    await as(owner).patch('/v1/organization', { settings: { language: 'ko' } });
    colleague = await hire(url, owner, { name: 'Minsu' });
    publicKey = (await as(owner).get('/v1/push/key')).publicKey as string;
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await worker.close();
    await store.close();
    await cluster.stop();
    await mailServer.stop();
    await receiver.stop();
  });

  const taker = () => worker.get(ChatProcessor, { strict: false }).worker;

  /** Nobody is told of anything before it has ended. */
  async function beforeAnyJob<T>(work: () => Promise<T>): Promise<T> {
    await taker().pause();
    try {
      return await work();
    } finally {
      void taker().resume();
    }
  }

  function as(who: { accessToken: string }, node = url) {
    const send = async (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object) => {
      const answer = await request(node)[method](path).set(asAgent(who)).send(body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body as Record<string, unknown>;
    };
    return {
      get: (path: string) => send('get', path),
      post: (path: string, body: object) => send('post', path, body),
      put: (path: string, body: object) => send('put', path, body),
      patch: (path: string, body: object) => send('patch', path, body),
      delete: (path: string) => send('delete', path),
    };
  }

  async function aDevice(who: { accessToken: string } = owner): Promise<Device & { id: string }> {
    const device = receiver.device();
    const { id } = await as(who).post('/v1/agents/me/push-subscriptions', device.subscription);
    return Object.assign(device, { id: id as string });
  }

  /** A visitor who says something; answers how to say more. */
  async function aVisitor(content = '아직 계신가요?') {
    const { pluginKey } = owner.environment;
    const booted = await boot(url, pluginKey, { profile: { name: 'Kim Minji' } });
    const started = await request(url)
      .post('/v1/conversations')
      .set(asUser(pluginKey, booted))
      .send({ message: aMessage(content) })
      .expect(201);
    const id = started.body.id as string;
    const say = (more: string) =>
      request(url)
        .post(`/v1/conversations/${id}/messages`)
        .set(asUser(pluginKey, booted))
        .send(aMessage(more))
        .expect(201);
    return { id, say };
  }

  async function online(who: { accessToken: string }, node = url): Promise<Client> {
    const client = await connect(node, { token: who.accessToken });
    clients.push(client);
    return client;
  }

  async function goAway(client: Client, who: RegistrationView): Promise<void> {
    client.disconnect();
    const presence = async () => (await as(colleague).get(`/v1/agents/${who.agent.id}`))['presence'];
    await until(async () => (await presence()) === 'offline', 'the agent is offline');
  }

  const mailsTo = ({ agent }: RegistrationView): ReceivedMail[] =>
    mailServer.mails.filter(({ to, text }) => to.includes(agent.email) && text.includes('<digest.'));

  async function until(isSo: () => boolean | Promise<boolean>, what: string, ms = 15_000): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await isSo()) return;
    throw new Error(`it did not come to that: ${what}`);
  }

  async function mailTo(who: RegistrationView, count = 1): Promise<ReceivedMail> {
    await until(() => mailsTo(who).length >= count, `mail ${count}`);
    return mailsTo(who)[count - 1]!;
  }

  /** Nothing is left to be done: whatever was going to come has come. */
  async function nothingWaits(conversationId: string): Promise<void> {
    const marks = { conversationId, 'outbox.task': { $in: ['notify', 'alert', 'mention'] } };
    await until(async () => (await store.collection('messages').countDocuments(marks)) === 0, 'no marks');
  }

  async function waitsFor(conversationId: string): Promise<boolean> {
    const jobs = await queue.getJobs(['delayed', 'waiting']);
    return jobs.some((job) => job?.data.conversationId === conversationId);
  }

  it('by push, in their language, with a way to it, and by one mail about everything', async () => {
    const device = await aDevice();
    const first = await aVisitor('제품 <b>교환</b> 문의입니다');
    const second = await aVisitor('배송은요?');
    const { notice, headers } = await receiver.push(device);
    expect(notice).toMatchObject({ kind: 'message', title: 'Kim Minji', tag: notice['conversationId'] });
    expect(headers).toMatchObject({ urgency: 'high', ttl: '86400' });
    await receiver.push(device, 2);
    const bodies = device.pushes.map((push) => push.notice['body']);
    expect(bodies.sort()).toEqual(['Kim Minji: 배송은요?', 'Kim Minji: 제품 <b>교환</b> 문의입니다']);
    expect(device.pushes.map((push) => push.notice['url'])).toContainEqual(
      expect.stringContaining(`/dashboard/inbox/all/${first.id}`),
    );
    const mail = await mailTo(owner);
    for (const shown of [first.id, second.id, '배송은요?', '교환']) expect(mail.text).toContain(shown);
    await nothingWaits(first.id);
    await sleep(SILENCE_MS);
    expect([mailsTo(owner).length, device.pushes.length]).toEqual([1, 2]);
  });

  it('not while they are here, nor of what they have read before', async () => {
    const device = await aDevice();
    const client = await online(owner);
    const here = await aVisitor();
    await nothingWaits(here.id);
    await goAway(client, owner);
    const id = await beforeAnyJob(async () => {
      const asked = await aVisitor();
      await as(owner).put(`/v1/conversations/${asked.id}/read`, { seq: 1 });
      return asked.id;
    });
    await nothingWaits(id);
    await sleep(SILENCE_MS);
    expect(device.pushes.filter(({ notice }) => notice['conversationId'] === id)).toEqual([]);
    expect(mailsTo(owner).filter(({ text }) => text.includes(id))).toEqual([]);
  });

  it('of what they have muted, not, but when they are mentioned in it, also in a note', async () => {
    const device = await aDevice();
    const { id, say } = await beforeAnyJob(async () => {
      const asked = await aVisitor();
      const muted = await as(owner).put(`/v1/conversations/${asked.id}/mute`, {});
      expect(muted['mutedUntil']).toBe('9999-12-31T23:59:59.999Z');
      return asked;
    });
    await say('여보세요?');
    await nothingWaits(id);
    expect(device.pushes).toEqual([]);
    const note = {
      ...aMessage('@Jiwoo 봐 주세요'),
      private: true,
      mentions: [{ type: 'agent', id: owner.agent.id }],
    };
    await as(colleague).post(`/v1/conversations/${id}/messages`, note);
    const { notice } = await receiver.push(device);
    expect(notice).toMatchObject({ kind: 'mention', body: 'Minsu: @Jiwoo 봐 주세요' });
    expect((await mailTo(owner)).text).toContain('@Jiwoo');
    expect(mailsTo(owner)[0]!.text).not.toContain('여보세요?');
  });

  describe('of a mention that an edit adds', () => {
    let author: RegistrationView;
    const mention = (...whom: RegistrationView[]) =>
      whom.map(({ agent }) => ({ type: 'agent' as const, id: agent.id }));
    const counts = (device: Device, who: RegistrationView) => [device.pushes.length, mailsTo(who).length];

    beforeEach(async () => {
      author = await hire(url, owner, { name: 'Hana' });
      for (const who of [owner, colleague])
        await as(who).patch('/v1/agents/me/notifications', { support: 'mentions' });
    });

    /** A note; answers how to edit it. */
    async function aNote(content: string, ...whom: RegistrationView[]) {
      const { id } = await aVisitor();
      const path = `/v1/conversations/${id}/messages`;
      const body = { ...aMessage(content), private: true, mentions: mention(...whom) };
      const { message } = (await as(author).post(path, body)) as unknown as SentMessage;
      const edit = (text: string, ...named: RegistrationView[]) =>
        as(author).patch(`${path}/${message.id}`, { content: text, mentions: mention(...named) });
      return { id, message, edit };
    }

    it('whom it adds, though they have read it, once, and not whom it named before', async () => {
      const [device, other] = [await aDevice(), await aDevice(colleague)];
      const { id, message, edit } = await aNote('@Minsu 봐 주세요', colleague);
      await receiver.push(other);
      await mailTo(colleague);
      await as(owner).put(`/v1/conversations/${id}/read`, { seq: message.seq });
      await edit('@Minsu @Jiwoo 봐 주세요', colleague, owner);
      const { notice } = await receiver.push(device);
      expect(notice).toMatchObject({ kind: 'mention', tag: id, body: 'Hana: @Minsu @Jiwoo 봐 주세요' });
      expect((await mailTo(owner)).text).toContain('@Jiwoo');
      await edit('다 봤어요?');
      await edit('@Minsu @Jiwoo 다 봤어요?', colleague, owner);
      await nothingWaits(id);
      await sleep(COOLDOWN_MS + SILENCE_MS);
      expect([counts(device, owner), counts(other, colleague)]).toEqual([
        [1, 1],
        [1, 1],
      ]);
    });

    it('once, also when the message itself was still to be told', async () => {
      const device = await aDevice();
      const agentIds = [owner.agent.id];
      const { id } = await as(author).post('/v1/conversations', { kind: 'group', agentIds });
      const path = `/v1/conversations/${id as string}/messages`;
      await beforeAnyJob(async () => {
        const sent = (await as(author).post(path, aMessage('봐 주세요'))) as unknown as SentMessage;
        await as(author).patch(`${path}/${sent.message.id}`, {
          content: '@Jiwoo 봐 주세요',
          mentions: mention(owner),
        });
      });
      expect((await receiver.push(device)).notice).toMatchObject({ kind: 'mention' });
      await mailTo(owner);
      await nothingWaits(id as string);
      await sleep(COOLDOWN_MS + SILENCE_MS);
      expect(counts(device, owner)).toEqual([1, 1]);
    });

    it('from the mark on it, when the node died right after it was stored', async () => {
      const device = await aDevice();
      const { id, message } = await aNote('봐 주세요');
      const messages = cluster.nodes[0]!.app.get(MessageRepository, { strict: false });
      const conversations = cluster.nodes[0]!.app.get(ConversationRepository, { strict: false });
      const scope = { organizationId: owner.organization.id };
      const conversation = (await conversations.find(scope, id))!;
      const change = { content: '@Jiwoo 봐 주세요', mentions: mention(owner) };
      const mark = { task: 'mention' as const, due: new Date() };
      const rule = alsoTelling(() => change, conversation, mark);
      await messages.change(scope, id, message.id, rule, []);
      expect((await receiver.push(device)).notice).toMatchObject({ kind: 'mention', tag: id });
      await mailTo(owner);
      await nothingWaits(id);
      expect(counts(device, owner)).toEqual([1, 1]);
    });
  });

  it('in their quiet hours not at all; the mail waits for the end of them', async () => {
    const device = await aDevice();
    await as(owner).patch('/v1/agents/me/notifications', { quietHours: ALL_DAY });
    const { id } = await aVisitor();
    await nothingWaits(id);
    const dueAt = async () =>
      (await store.collection<{ _id: string; dueAt?: Date }>('digests').findOne({ _id: owner.agent.id }))
        ?.dueAt;
    // Further than without them. A day ends with its midnight, after which it is put off anew.
    await until(async () => ((await dueAt())?.getTime() ?? 0) > Date.now() + 10_000, 'put off');
    expect([device.pushes.length, mailsTo(owner).length]).toEqual([0, 0]);
    await mailTo(colleague);
  });

  it('by their settings: what they do not want does not come', async () => {
    const device = await aDevice();
    await as(owner).patch('/v1/agents/me/notifications', { support: 'mentions' });
    await as(colleague).patch('/v1/agents/me/notifications', { email: false });
    const { id } = await aVisitor();
    await nothingWaits(id);
    await sleep(SILENCE_MS);
    expect([device.pushes.length, mailsTo(owner).length, mailsTo(colleague).length]).toEqual([0, 0, 0]);
  });

  it('of what somebody else gives them', async () => {
    const device = await aDevice();
    await as(owner).patch('/v1/agents/me/notifications', { support: 'mentions' });
    const { id } = await aVisitor();
    const heard = next(await online(owner, secondUrl), 'notification', ({ kind }) => kind === 'assigned');
    await as(colleague).put(`/v1/conversations/${id}/assignee`, { agentId: owner.agent.id });
    expect(await heard).toEqual({
      kind: 'assigned',
      conversationId: id,
      text: 'Minsu 님이 대화를 배정했습니다',
    });
    await goAway(clients.pop()!, owner);
    const other = await aVisitor();
    await as(colleague).put(`/v1/conversations/${other.id}/assignee`, { agentId: owner.agent.id });
    // The one of before may come as well: they went away before its time.
    const assigned = (): unknown[] =>
      device.pushes
        .filter(({ notice }) => notice['kind'] === 'assigned')
        .map(({ notice }) => notice['conversationId']);
    await until(() => assigned().includes(other.id), 'a push');
  });

  it('on the screen, when they do not have it open', async () => {
    const [looking, elsewhere] = [await online(owner), await online(colleague, secondUrl)];
    const isTold = next(elsewhere, 'notification', ({ text }) => text === 'Kim Minji: 아직 계신가요?');
    const { id, say } = await aVisitor();
    expect((await isTold).conversationId).toBe(id);
    await must(looking, 'conversation:open', { conversationId: id });
    const heard: unknown[] = [];
    looking.on('notification', (fact) => heard.push(fact));
    const told = next(elsewhere, 'notification', ({ text }) => text === 'Kim Minji: 열어 두셨나요?');
    await say('열어 두셨나요?');
    expect(await told).toMatchObject({ kind: 'message', conversationId: id });
    expect(heard).toEqual([]);
  });

  it('and not any more once they have read it: the other devices take it back', async () => {
    const elsewhere = await request(url)
      .post('/v1/auth/login')
      .send({ email: owner.agent.email, password: PASSWORD })
      .expect(200);
    const [here, there] = [await aDevice(owner), await aDevice(elsewhere.body as RegistrationView)];
    const { id } = await aVisitor();
    await Promise.all([receiver.push(here), receiver.push(there)]);
    await as(owner, secondUrl).put(`/v1/conversations/${id}/read`, { seq: 1 });
    const { notice, headers } = await receiver.push(there, 2);
    expect(notice).toMatchObject({ kind: 'read', conversationId: id, tag: id });
    expect(headers.urgency).toBe('normal');
    await as(owner).put(`/v1/conversations/${id}/read`, { seq: 1 });
    await sleep(SILENCE_MS);
    expect([here.pushes.length, there.pushes.length, mailsTo(owner).length]).toEqual([1, 2, 0]);
  });

  it('on devices that are signed in, and there', async () => {
    const elsewhere = await request(url)
      .post('/v1/auth/login')
      .send({ email: owner.agent.email, password: PASSWORD })
      .expect(200);
    const [kept, left] = [await aDevice(owner), await aDevice(elsewhere.body as RegistrationView)];
    await request(url)
      .post('/v1/auth/logout')
      .send({ refreshToken: (elsewhere.body as RegistrationView).refreshToken })
      .expect(204);
    const { say, id } = await aVisitor();
    await receiver.push(kept);
    expect(left.pushes).toEqual([]);
    receiver.answerWith(410);
    await say('아직요?');
    const devices = async () => (await as(owner).get('/v1/agents/me/push-subscriptions'))['items'];
    await until(async () => ((await devices()) as unknown[]).length === 0, 'the device is forgotten');
    await nothingWaits(id);
  });

  it('once, however often the same jobs run', async () => {
    const device = await aDevice();
    await as(owner).patch('/v1/agents/me/notifications', { support: 'all' });
    const { id } = await aVisitor();
    await receiver.push(device);
    await mailTo(owner);
    const { organization, agent } = owner;
    const job = { organizationId: organization.id, conversationId: id, side: 'agents' as const };
    const [pushes, digests] = [worker.get(AgentPushService), worker.get(DigestService)];
    const jobIds = ['job-1', 'job-1', 'job-2'];
    await Promise.all(jobIds.map((jobId) => pushes.notify(job, jobId)));
    const digest = { organizationId: organization.id, agentId: agent.id };
    await Promise.all([1, 2, 3].map(() => digests.send(digest).catch(() => undefined)));
    await sleep(SILENCE_MS);
    expect([device.pushes.length, mailsTo(owner).length]).toEqual([1, 1]);
  });

  it('when a push service or a mail server was out of order, later, and once', async () => {
    const device = await aDevice();
    receiver.answerWith(503);
    mailServer.answerWith('refuse-for-now');
    const { id } = await aVisitor();
    const refused = mailServer.turnedAway();
    await until(() => receiver.requests() > 0 && mailServer.turnedAway() > refused, 'both were tried');
    receiver.answerWith(null);
    mailServer.answerWith('accept');
    await receiver.push(device, 1, 40_000);
    await until(() => mailsTo(owner).length > 0, 'the mail', 40_000);
    await nothingWaits(id);
    await sleep(SILENCE_MS);
    expect([device.pushes.length, mailsTo(owner).length]).toEqual([1, 1]);
  }, 120_000);

  it('when Redis has lost the jobs, from the marks on the messages', async () => {
    const device = await aDevice();
    const id = await beforeAnyJob(async () => {
      const asked = await aVisitor();
      await until(() => waitsFor(asked.id), 'a job');
      await queue.obliterate({ force: true });
      return asked.id;
    });
    await sleep(SILENCE_MS);
    expect(device.pushes).toEqual([]);
    const late = { $set: { 'outbox.$[mark].due': new Date(0) } };
    const arrayFilters = [{ 'mark.task': 'notify' }];
    await store.collection('messages').updateMany({ conversationId: id }, late, { arrayFilters });
    await receiver.push(device);
    await mailTo(owner);
    await nothingWaits(id);
    expect([device.pushes.length, mailsTo(owner).length]).toEqual([1, 1]);
  }, 60_000);
});
