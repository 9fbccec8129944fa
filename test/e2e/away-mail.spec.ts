import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import request from 'supertest';
import { loadConfig } from '../../src/config/app-config.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.js';
import { aMessage, asAgent, asUser, boot, connect, must, register, type Client } from '../support/people.js';

/** Long enough for two messages to come within it, also where much else runs. */
const DELAY_MS = 2_000;
const COOLDOWN_MS = 10_000;
/** Whatever was going to come after the delay has come. */
const SILENCE_MS = 2 * DELAY_MS;

describe('who is away is told by mail', () => {
  let mailServer: MailServer;
  let cluster: Cluster;
  let worker: INestApplicationContext;
  let url: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    mailServer = await startMailServer();
    const settings = {
      SMTP_URL: mailServer.url,
      AGENT_PUSH_DELAY_MS: String(DELAY_MS / 2),
      AGENT_MAIL_DELAY_MS: String(DELAY_MS),
      VISITOR_MAIL_DELAY_MS: String(DELAY_MS),
      MAIL_COOLDOWN_MS: String(COOLDOWN_MS),
    };
    cluster = await startCluster(1, settings);
    url = cluster.nodes[0]!.url;
    const config = loadConfig(envFor(cluster.databases, settings));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await worker.close();
    await cluster.stop();
    await mailServer.stop();
  });

  async function someone() {
    const registered = await register(url, '한빛 상점');
    const { pluginKey } = registered.environment;
    const email = `visitor-${Date.now()}@customer.example`;
    const booted = await boot(url, pluginKey, { profile: { name: 'Kim Minji', email }, language: 'ko' });
    return { registered, pluginKey, email, booted };
  }

  async function ask({ pluginKey, booted }: Awaited<ReturnType<typeof someone>>): Promise<string> {
    const started = await request(url)
      .post('/v1/conversations')
      .set(asUser(pluginKey, booted))
      .send({ message: aMessage('제품 <b>교환</b> 문의입니다') })
      .expect(201);
    return started.body.id as string;
  }

  /** A visitor who wrote and closed the page before a socket was ever open. */
  async function someoneWhoLeft() {
    const who = await someone();
    return { ...who, id: await ask(who) };
  }

  /** Is here before saying anything: what has been said is told soon. */
  async function someoneWhoStays() {
    const who = await someone();
    const visitor = await connect(url, { pluginKey: who.pluginKey, userToken: who.booted.userToken });
    clients.push(visitor);
    return { ...who, visitor };
  }

  function mailsTo(address: string): ReceivedMail[] {
    return mailServer.mails.filter(({ to }) => to.includes(address));
  }

  async function mailTo(address: string, count = 1, ms = 20_000): Promise<ReceivedMail> {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
      const mail = mailsTo(address)[count - 1];
      if (mail) return mail;
    }
    throw new Error(`mail ${count} to ${address} never came`);
  }

  it('an agent who is away hears of a visitor who waits, once for all messages', async () => {
    const { visitor, ...who } = await someoneWhoStays();
    const { registered } = who;
    const id = await ask(who);
    await must(visitor, 'message:send', { conversationId: id, ...aMessage('아직 계신가요?') });
    const mail = await mailTo(registered.agent.email);
    expect(mail.text).toContain('제품 &lt;b&gt;교환&lt;/b&gt; 문의입니다');
    expect(mail.text).toContain('아직 계신가요?');
    expect(mail.text).toContain(`/dashboard/inbox/all/${id}`);
    await sleep(SILENCE_MS);
    expect(mailsTo(registered.agent.email)).toHaveLength(1);
  });

  it('a visitor who has left gets the answer with a signed way back, and not too many mails', async () => {
    const { registered, booted, pluginKey, email, id } = await someoneWhoLeft();
    const answer = (content: string) =>
      request(url)
        .post(`/v1/conversations/${id}/messages`)
        .set(asAgent(registered))
        .send(aMessage(content))
        .expect(201);
    await answer('네, 바꿔 드릴게요');
    const mail = await mailTo(email);
    expect(mail.text).toContain('네, 바꿔 드릴게요');
    const link = new URL(
      /http:\/\/[^\s"<]+\/widget\/frame#[^\s"<]+/.exec(mail.text)?.[0].replaceAll('&amp;', '&') ?? '',
    );
    const way = new URLSearchParams(link.hash.slice(1));
    expect(link.search).toBe('');
    expect([way.get('conversationId'), way.get('userId')]).toEqual([id, booted.user.id]);
    const back = await boot(url, way.get('pluginKey') ?? '', { visitorToken: way.get('visitorToken') });
    expect([way.get('pluginKey'), back.user.id]).toEqual([pluginKey, booted.user.id]);

    await answer('하나 더 알려 드려요');
    await sleep(SILENCE_MS);
    expect(mailsTo(email)).toHaveLength(1);
    expect((await mailTo(email, 2)).text).toContain('하나 더 알려 드려요');
  });

  it('whoever has read it, or is here, is left in peace', async () => {
    const who = await someoneWhoStays();
    const { registered, booted, pluginKey, email } = who;
    const agent = await connect(url, { token: registered.accessToken });
    clients.push(agent);
    const id = await ask(who);
    await must(agent, 'message:send', { conversationId: id, ...aMessage('bin da') });
    const { unread } = await boot(url, pluginKey, { visitorToken: booted.visitorToken });
    expect(unread).toBe(1);
    await sleep(SILENCE_MS);
    expect(mailsTo(email)).toHaveLength(0);
    expect(mailsTo(registered.agent.email)).toHaveLength(0);
  });
});
