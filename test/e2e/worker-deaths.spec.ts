import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import request from 'supertest';
import { EVERY_TENANT } from '../../src/common/access/principal.js';
import { newId } from '../../src/common/ids.js';
import type { MessageView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { REDIS } from '../../src/infrastructure/redis/redis.module.js';
import { AUTH_QUEUE, SEND_INVITATION, SEND_PASSWORD_RESET } from '../../src/modules/auth/auth.jobs.js';
import {
  CHAT_QUEUE,
  NOTIFY_AWAY,
  NOTIFY_MENTIONED,
  NOTIFY_PUSH,
  PREVIEW_LINKS,
  SEND_DIGEST,
  WITHDRAW_PUSH,
} from '../../src/modules/chat/chat.jobs.js';
import { FILE_QUEUE, MAKE_THUMBNAIL } from '../../src/modules/file/file.jobs.js';
import { FileRepository } from '../../src/modules/file/file.repository.js';
import { DELIVER, MAIL_DISABLED, WEBHOOK_QUEUE } from '../../src/modules/webhook/webhook.jobs.js';
import { until } from '../faults/rig/waiting.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startBuiltWorker, type BuiltWorker } from '../support/built-worker.js';
import type { ReceivedMail } from '../support/mail-server.js';
import { Outside } from '../support/outside.js';
import { aMessage, asAgent, asUser, boot, hire, PASSWORD, register } from '../support/people.js';
import type { Device } from '../support/push-receiver.js';
import { upload } from '../support/uploads.js';

const SETTINGS = {
  AGENT_PUSH_DELAY_MS: '200',
  AGENT_MAIL_DELAY_MS: '500',
  VISITOR_MAIL_DELAY_MS: '200',
  DIGEST_LEASE_MS: '2000',
  WEBHOOK_LEASE_MS: '30000',
  PRESENCE_GRACE_MS: '0',
};
const QUEUES = [AUTH_QUEUE, CHAT_QUEUE, FILE_QUEUE, WEBHOOK_QUEUE];
const MESSAGE_ID = /Message-ID:\s+(\S+)/i;
/** How long a job belongs to the worker that took it, at most, and then some for one that is busy. */
const TAKEN_OVER_MS = 120_000;

/** What a worker is given to do, dies at, and another one has to bring to its end. */
interface Undertaking {
  begin(): Promise<unknown>;
  isUnderWay(): boolean | Promise<boolean>;
  isDone(): boolean | Promise<boolean>;
  /** Once nothing is left to be done. */
  check(): void | Promise<void>;
}

/**
 * Who dies at which jobs. Not at all of them at once: mails go three at a time; and a page is not waited for long, so
 * that it is last.
 */
const DEATHS: readonly string[][] = [
  [SEND_INVITATION, NOTIFY_AWAY, SEND_DIGEST, WITHDRAW_PUSH, MAKE_THUMBNAIL],
  [SEND_PASSWORD_RESET, MAIL_DISABLED, DELIVER, NOTIFY_PUSH, NOTIFY_MENTIONED, PREVIEW_LINKS],
];

describe('a worker that is killed in the middle of a job', () => {
  let outside: Outside;
  let cluster: Cluster;
  let url: string;
  let vapidKey = '';
  const workers: BuiltWorker[] = [];
  const undertakings = new Map<string, Undertaking>();

  beforeAll(async () => {
    outside = await Outside.start(() => vapidKey);
    cluster = await startCluster(1, { ...SETTINGS, ...outside.settingsFor('api') });
    ({ url } = cluster.nodes[0]!);
    for (const names of DEATHS) await dieAt(names);
    await startWorker();
  }, 120_000);

  afterAll(async () => {
    for (const worker of workers) await worker.kill();
    await cluster?.stop();
    await outside?.stop();
  });

  /** One worker, in the middle of all of these. */
  async function dieAt(names: readonly string[]): Promise<void> {
    const doomed = await startWorker();
    for (const name of names) undertakings.set(name, await PREPARE[name]!());
    outside.fallSilent();
    for (const name of names) {
      const { begin, isUnderWay } = undertakings.get(name)!;
      await begin();
      await until(isUnderWay, () => `${name} to be under way`);
    }
    await doomed.kill();
    await rememberAnEarlierDeath();
    await outside.recover();
  }

  async function startWorker(): Promise<BuiltWorker> {
    const settings = { ...SETTINGS, ...outside.settingsFor('worker') };
    const worker = await startBuiltWorker(envFor(cluster.databases, settings));
    workers.push(worker);
    return worker;
  }

  /** As if it were not the first worker that died at them. */
  async function rememberAnEarlierDeath(): Promise<void> {
    const redis = cluster.nodes[0]!.app.get<Redis>(REDIS, { strict: false });
    for (const one of QUEUES.map(queue)) {
      for (const { id } of await one.getActive()) await redis.hset(one.toKey(id ?? ''), 'stc', '1');
    }
  }

  function queue(name: string): Queue {
    return cluster.nodes[0]!.app.get<Queue>(getQueueToken(name), { strict: false });
  }

  async function countOf(...states: ('waiting' | 'active' | 'delayed' | 'failed')[]): Promise<number> {
    const counts = await Promise.all(QUEUES.map(queue).map((one) => one.getJobCountByTypes(...states)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Whatever would come twice has come. */
  function untilNothingIsLeft(): Promise<void> {
    const isIdle = async () => (await countOf('waiting', 'active', 'delayed')) === 0;
    return until(isIdle, () => 'nothing to be left', TAKEN_OVER_MS);
  }

  function send(
    who: { accessToken: string },
    method: 'get' | 'post' | 'put' | 'patch',
    path: string,
    body?: object,
  ) {
    const asked = request(url)[method](path).set(asAgent(who));
    return asked.send(body).ok(({ status }) => status < 300);
  }

  /** Whose agents are told nothing but what they ask for. */
  async function aCompany(wishes: object = { email: false }): Promise<RegistrationView> {
    const owner = await register(url);
    await send(owner, 'patch', '/v1/agents/me/notifications', wishes);
    return owner;
  }

  /** Who has said something, and was never connected. */
  async function aVisitor({ environment: { pluginKey } }: RegistrationView, profile: object = {}) {
    const headers = asUser(pluginKey, await boot(url, pluginKey, { profile }));
    const started = await request(url)
      .post('/v1/conversations')
      .set(headers)
      .send({ message: aMessage() })
      .expect(201);
    const messages = `/v1/conversations/${(started.body as { id: string }).id}/messages`;
    const say = (content: string) =>
      request(url).post(messages).set(headers).send(aMessage(content)).expect(201);
    return { messages, say, conversation: messages.replace('/messages', '') };
  }

  async function aDevice(owner: RegistrationView): Promise<Device> {
    vapidKey = (await send(owner, 'get', '/v1/push/key')).body.publicKey as string;
    const device = outside.pushes.device();
    await send(owner, 'post', '/v1/agents/me/push-subscriptions', device.subscription);
    return device;
  }

  /** What the stalled server has, and what it took from the next worker, is one and the same mail. */
  function mailTo(address: string): Omit<Undertaking, 'begin'> {
    const own = (mails: readonly ReceivedMail[]) => mails.filter(({ to }) => to.includes(address));
    const { stalled, mails } = outside.mails;
    return {
      isUnderWay: () => own(stalled).length > 0,
      isDone: () => own(mails).length > 0,
      check: () => {
        expect(own(mails)).toHaveLength(1);
        const ids = [...own(stalled), ...own(mails)].map(({ text }) => MESSAGE_ID.exec(text)?.[1] ?? '');
        expect(new Set(ids).size).toBe(1);
        expect(ids[0]).toMatch(/^<[^<>@\s]+@[^<>@\s]+>$/);
      },
    };
  }

  /** Of one kind: a conversation may be pushed for other reasons before. */
  function pushTo(device: Device, kind: string): Omit<Undertaking, 'begin'> {
    const before = outside.pushes.requests(device);
    const own = () => device.pushes.filter(({ notice }) => notice['kind'] === kind);
    return {
      isUnderWay: () => outside.pushes.requests(device) > before,
      isDone: () => own().length > 0,
      check: () => expect(own()).toHaveLength(1),
    };
  }

  const PREPARE: Record<string, () => Promise<Undertaking>> = {
    [SEND_INVITATION]: async () => {
      const owner = await aCompany();
      const invite = { email: `${newId()}@agents.example`, role: 'agent' };
      return { begin: () => send(owner, 'post', '/v1/agents/invitations', invite), ...mailTo(invite.email) };
    },

    [SEND_PASSWORD_RESET]: async () => {
      const { email } = (await aCompany()).agent;
      const begin = () => request(url).post('/v1/auth/password/forgot').send({ email }).expect(202);
      return { begin, ...mailTo(email) };
    },

    [NOTIFY_AWAY]: async () => {
      const owner = await aCompany();
      const email = `${newId()}@customers.example`;
      const { messages } = await aVisitor(owner, { email });
      return { begin: () => send(owner, 'post', messages, aMessage('here you are')), ...mailTo(email) };
    },

    [SEND_DIGEST]: async () => {
      const owner = await aCompany({ email: true });
      return { begin: () => aVisitor(owner), ...mailTo(owner.agent.email) };
    },

    [MAIL_DISABLED]: async () => {
      const owner = await aCompany();
      const hooks = `/v1/environments/${owner.environment.id}/webhooks`;
      const { body } = await send(owner, 'post', hooks, { url: outside.goneUrl });
      const begin = () => send(owner, 'post', `${hooks}/${(body as { id: string }).id}/test`);
      return { begin, ...mailTo(owner.agent.email) };
    },

    [DELIVER]: async () => {
      const owner = await aCompany();
      const hook = { url: outside.hooks.urlOf('/told'), events: ['message.created'] };
      await send(owner, 'post', `/v1/environments/${owner.environment.id}/webhooks`, hook);
      const told = () => outside.hooks.of('/told');
      return {
        begin: () => aVisitor(owner),
        isUnderWay: () => told().length === 1,
        isDone: () => told().length === 2,
        check: () => expect(new Set(told().map(({ id }) => id)).size).toBe(1),
      };
    },

    [NOTIFY_PUSH]: async () => {
      const owner = await aCompany();
      return { ...pushTo(await aDevice(owner), 'message'), begin: () => aVisitor(owner) };
    },

    [NOTIFY_MENTIONED]: async () => {
      const owner = await aCompany({ email: false, support: 'mentions' });
      const colleague = await hire(url, owner);
      const device = await aDevice(owner);
      await send(colleague, 'patch', '/v1/agents/me/notifications', { email: false });
      const { messages } = await aVisitor(owner);
      const { body } = await send(colleague, 'post', messages, { ...aMessage('a note'), private: true });
      const path = `${messages}/${(body as { message: MessageView }).message.id}`;
      const change = { content: '@Jiwoo', mentions: [{ type: 'agent', id: owner.agent.id }] };
      return { begin: () => send(colleague, 'patch', path, change), ...pushTo(device, 'mention') };
    },

    [WITHDRAW_PUSH]: async () => {
      const owner = await aCompany();
      const credentials = { email: owner.agent.email, password: PASSWORD };
      const elsewhere = await request(url).post('/v1/auth/login').send(credentials).expect(200);
      const device = await aDevice(elsewhere.body as RegistrationView);
      const { conversation } = await aVisitor(owner);
      await outside.pushes.push(device);
      return {
        begin: () => send(owner, 'put', `${conversation}/read`, { seq: 1 }),
        ...pushTo(device, 'read'),
      };
    },

    [MAKE_THUMBNAIL]: async () => {
      const owner = await aCompany();
      let fileId = '';
      const find = () =>
        cluster.nodes[0]!.app.get(FileRepository, { strict: false }).find(EVERY_TENANT, fileId);
      return {
        begin: async () => (fileId = (await upload(url, asAgent(owner))).id),
        isUnderWay: async () => (await queue(FILE_QUEUE).getActiveCount()) === 1,
        isDone: async () => (await find())?.hasThumbnail ?? false,
        check: async () => {
          const { body } = await send(owner, 'get', `/v1/files/${fileId}`);
          const { pathname, search } = new URL((body as { thumbnailUrl: string }).thumbnailUrl);
          const picture = await request(url)
            .get(pathname + search)
            .expect(200);
          expect(picture.headers['content-type']).toBe('image/webp');
        },
      };
    },

    [PREVIEW_LINKS]: async () => {
      const owner = await aCompany();
      const settings = { linkPreviews: true };
      await send(owner, 'patch', `/v1/environments/${owner.environment.id}`, { settings });
      const { messages, say } = await aVisitor(owner);
      const shown = async () => {
        const { body } = await send(owner, 'get', messages);
        return (body as { items: MessageView[] }).items.at(-1)!;
      };
      return {
        begin: () => say(`see ${outside.pagesUrl}/returns`),
        isUnderWay: () => outside.asked.length === 1,
        isDone: async () => (await shown()).linkPreviews.length > 0,
        check: async () => {
          expect(await shown()).toMatchObject({ rev: 1, linkPreviews: [{ title: 'Returns' }] });
          expect(outside.asked).toHaveLength(2);
        },
      };
    },
  };

  it.each(DEATHS.flat())(
    'leaves %s to another one, which brings it to its end once',
    async (name) => {
      const { isDone, check } = undertakings.get(name)!;
      await until(isDone, () => 'it to be done', TAKEN_OVER_MS);
      await untilNothingIsLeft();
      await check();
    },
    2 * TAKEN_OVER_MS,
  );

  it('leaves nothing behind that has failed', async () => {
    expect(await countOf('failed')).toBe(0);
  });

  it('was killed at every job that there is', () => {
    const declared = globSync('src/**/*.jobs.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^export const (\w+) = '([\w-]+)'/gm)]
        .filter(([, constant]) => !constant!.endsWith('_QUEUE'))
        .map(([, , name]) => name),
    );
    expect(DEATHS.flat().sort()).toEqual(declared.sort());
  });
});
