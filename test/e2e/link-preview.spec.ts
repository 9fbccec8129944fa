import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import request from 'supertest';
import { loadConfig } from '../../src/config/app-config.js';
import type { ConversationView, MessageView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { aMessage, asAgent, boot, connect, must, next, register, type Client } from '../support/people.js';

const SETTINGS = { FETCH_LOCALHOST: 'true' };

describe('what is behind a link', () => {
  let cluster: Cluster;
  let worker: INestApplicationContext;
  let url: string;
  let site: Server;
  let page: string;
  const asked: string[] = [];
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2, SETTINGS);
    url = cluster.nodes[0]!.url;
    const config = loadConfig(envFor(cluster.databases, SETTINGS));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
    site = createServer((incoming, response) => {
      asked.push(incoming.url!);
      if (incoming.url === '/gone') return response.writeHead(404).end();
      const title = incoming.url === '/other' ? 'Other' : 'Returns &amp; exchanges';
      return response
        .setHeader('content-type', 'text/html')
        .end(`<title>${title}</title><meta property="og:image" content="https://shop.example/a.png">`);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    page = `http://localhost:${(site.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    asked.length = 0;
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    site.close();
    await worker.close();
    await cluster.stop();
  });

  async function company(linkPreviews: boolean): Promise<RegistrationView> {
    const owner = await register(url);
    await request(url)
      .patch(`/v1/environments/${owner.environment.id}`)
      .set(asAgent(owner))
      .send({ settings: { linkPreviews } })
      .expect(200);
    return owner;
  }
  async function visitorOf(owner: RegistrationView, node = 0): Promise<Client> {
    const { pluginKey } = owner.environment;
    const { userToken } = await boot(url, pluginKey);
    const client = await connect(cluster.nodes[node]!.url, { pluginKey, userToken });
    clients.push(client);
    return client;
  }
  async function begin(visitor: Client): Promise<ConversationView> {
    return (await must(visitor, 'conversation:create', { message: aMessage('hello') })).conversation;
  }
  const updated = (client: Client, fits: (message: MessageView) => boolean) =>
    next(client, 'message:updated', ({ message }) => fits(message), 10_000);

  it('is shown a moment later, follows an edit, and goes with the message', async () => {
    const owner = await company(true);
    const visitor = await visitorOf(owner, 1);
    const { id: conversationId } = await begin(visitor);
    const link = `${page}/returns`;
    const shown = updated(visitor, ({ linkPreviews }) => linkPreviews.length > 0);
    const sent = await must(visitor, 'message:send', {
      conversationId,
      ...aMessage(`see ${link} and ${page}/gone`),
    });
    expect(sent.message.linkPreviews).toEqual([]);
    const preview = {
      url: link,
      title: 'Returns & exchanges',
      description: null,
      imageUrl: 'https://shop.example/a.png',
      siteName: null,
    };
    const { message } = await shown;
    expect(message).toMatchObject({ id: sent.message.id, linkPreviews: [preview], editedAt: null });
    expect(message.rev).toBeGreaterThan(0);
    expect(asked.sort()).toEqual(['/gone', '/returns']);

    const again = updated(visitor, ({ linkPreviews }) => linkPreviews[0]?.title === 'Other');
    const messageId = message.id;
    const edited = await must(visitor, 'message:edit', {
      conversationId,
      messageId,
      content: `${page}/other`,
    });
    expect(edited.message.linkPreviews).toEqual([]);
    await again;
    const deleted = await must(visitor, 'message:delete', { conversationId, messageId });
    expect(deleted.message.linkPreviews).toEqual([]);
  });

  it('is not looked for where nobody asked for it, nor of a note', async () => {
    const [off, on] = [await company(false), await company(true)];
    const [quiet, loud] = [await visitorOf(off), await visitorOf(on)];
    const [there, here] = [await begin(quiet), await begin(loud)];
    await must(quiet, 'message:send', { conversationId: there.id, ...aMessage(`${page}/off`) });
    const note = { ...aMessage(`${page}/note`), private: true };
    await request(url).post(`/v1/conversations/${here.id}/messages`).set(asAgent(on)).send(note).expect(201);
    // One that is looked for, sent after the others, so that they had their time.
    const shown = updated(loud, ({ linkPreviews }) => linkPreviews.length > 0);
    await must(loud, 'message:send', { conversationId: here.id, ...aMessage(`${page}/on`) });
    await shown;
    await sleep(1_500);
    expect(asked).toEqual(['/on']);
  });

  it('is off in an environment that says nothing', async () => {
    const owner = await register(url);
    const { body } = await request(url)
      .get(`/v1/environments/${owner.environment.id}`)
      .set(asAgent(owner))
      .expect(200);
    expect(body.settings.linkPreviews).toBe(false);
  });
});
