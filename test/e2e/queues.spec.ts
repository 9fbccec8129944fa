import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import { AppConfig } from '../../src/config/app-config.js';
import type { FailedJobView, QueuesView } from '../../src/contracts/operations.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import {
  AUTH_QUEUE,
  MAIL_TRIES,
  SEND_INVITATION,
  SEND_PASSWORD_RESET,
} from '../../src/modules/auth/auth.jobs.js';
import { CHAT_QUEUE } from '../../src/modules/chat/chat.jobs.js';
import { until } from '../faults/rig/waiting.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startBuiltWorker, type BuiltWorker } from '../support/built-worker.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { asAgent, hire, register } from '../support/people.js';

const SECRET = 'smtp://mailer:hunter2@mail.example refused, token=abc123\n    at somewhere';

describe('the queues, as an admin sees them', () => {
  let mailServer: MailServer;
  let cluster: Cluster;
  let mailing: BuiltWorker | undefined;
  let url: string;
  let owner: RegistrationView;
  let stranger: RegistrationView;
  let queue: Queue;

  beforeAll(async () => {
    mailServer = await startMailServer();
    cluster = await startCluster(1, { SMTP_URL: mailServer.url });
    ({ url } = cluster.nodes[0]!);
    [owner, stranger] = [await register(url), await register(url, 'Other')];
    queue = cluster.nodes[0]!.app.get<Queue>(getQueueToken(CHAT_QUEUE), { strict: false });
  }, 60_000);

  afterAll(async () => {
    await mailing?.kill();
    await cluster.stop();
    await mailServer.stop();
  });

  const get = (path: string, by = owner) => request(url).get(path).set(asAgent(by));
  const failedOf = async (by: RegistrationView, query: object = {}, name = CHAT_QUEUE) =>
    (await get(`/v1/queues/${name}/failed`, by).query(query).expect(200)).body as {
      items: FailedJobView[];
      nextCursor: string | null;
    };
  const figuresOf = async (queueName: string) =>
    ((await get('/v1/queues').expect(200)).body as QueuesView).items.find(({ name }) => name === queueName);
  const retry = (id: string, by: RegistrationView, name = CHAT_QUEUE) =>
    request(url).post(`/v1/queues/${name}/failed/${id}/retry`).set(asAgent(by));

  /** Takes what waits and fails it, as a worker does whose mail server is away. */
  async function failAll(jobs: readonly Job[]): Promise<void> {
    const { redis } = cluster.nodes[0]!.app.get(AppConfig);
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const worker = new Worker(CHAT_QUEUE, () => Promise.reject(new Error(SECRET)), {
      connection,
      prefix: `${redis.keyPrefix}-bull`,
    });
    const left = new Set(jobs.map(({ id }) => id));
    await new Promise<void>((resolve) => {
      worker.on('failed', (job) => {
        left.delete(job?.id);
        if (left.size === 0) resolve();
      });
    });
    await worker.close();
    connection.disconnect();
  }

  const addFor = (organizationId: string) => queue.add('notify-away', { organizationId }, { jobId: newId() });

  it('says how much waits, and since when', async () => {
    const job = await addFor(owner.organization.id);
    await queue.add('notify-away', {}, { delay: 600_000, jobId: newId() });
    const seen = await figuresOf(CHAT_QUEUE);
    expect(seen).toMatchObject({ waiting: 1, active: 0, delayed: 1, failed: 0, paused: false });
    expect(seen?.oldestWaitingMs).toBeGreaterThanOrEqual(0);
    const { backlog } = (await get('/v1/queues').expect(200)).body as QueuesView;
    expect(backlog).toEqual({ overdue: 0, oldestOverdueMs: null });
    await job.remove();
    expect((await figuresOf(CHAT_QUEUE))?.oldestWaitingMs).toBeNull();
  });

  it('shows what was given up to whom it belongs, without secrets, and tries it again', async () => {
    const own = [await addFor(owner.organization.id), await addFor(owner.organization.id)];
    const foreign = await addFor(stranger.organization.id);
    await failAll([...own, foreign]);
    const { items } = await failedOf(owner);
    expect(items.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(items[0]).toMatchObject({ name: 'notify-away', attempts: 1 });
    expect(items[0]?.failedReason).toBe('smtp://…mail.example refused, token=…');

    const first = await failedOf(owner, { limit: 1 });
    const second = await failedOf(owner, { limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();

    await retry(own[0]!.id!, stranger).expect(404);
    await retry(own[0]!.id!, owner).expect(204);
    expect(await own[0]!.getState()).toBe('waiting');
    expect((await failedOf(owner)).items.map(({ id }) => id)).toEqual([own[1]!.id]);
    const again = await retry(own[0]!.id!, owner).expect(404);
    expect(again.body.code).toBe('queue.not_found');
  });

  it('shows an invitation that no server took to its organization, and a password reset to nobody', async () => {
    const mails = cluster.nodes[0]!.app.get<Queue>(getQueueToken(AUTH_QUEUE), { strict: false });
    mailServer.answerWith('refuse-for-now');
    const invite = { email: `${newId()}@agents.example`, role: 'agent' };
    await request(url).post('/v1/agents/invitations').set(asAgent(owner)).send(invite).expect(201);
    await request(url).post('/v1/auth/password/forgot').send({ email: owner.agent.email }).expect(202);
    mailing = await startBuiltWorker(envFor(cluster.databases, { SMTP_URL: mailServer.url }));
    /** Without the pauses between two tries. */
    const untilFailed = (count: number) =>
      until(
        async () => {
          await mails.promoteJobs();
          return (await mails.getFailedCount()) === count;
        },
        () => `${count} to fail`,
      );
    await untilFailed(2);
    expect(await figuresOf(AUTH_QUEUE)).toMatchObject({ failed: 2 });

    const { items } = await failedOf(owner, {}, AUTH_QUEUE);
    expect(items).toMatchObject([{ name: SEND_INVITATION, attempts: MAIL_TRIES }]);
    expect(items[0]?.failedReason).toContain('try again later');
    expect((await failedOf(stranger, {}, AUTH_QUEUE)).items).toEqual([]);
    const failed = await mails.getFailed();
    const reset = failed.find(({ name }) => name === SEND_PASSWORD_RESET)!;
    await retry(reset.id!, owner, AUTH_QUEUE).expect(404);
    await retry(items[0]!.id, stranger, AUTH_QUEUE).expect(404);

    await retry(items[0]!.id, owner, AUTH_QUEUE).expect(204);
    await untilFailed(2);
    expect(mailServer.turnedAway()).toBe(3 * MAIL_TRIES);
    mailServer.answerWith('accept');
    await retry(items[0]!.id, owner, AUTH_QUEUE).expect(204);
    const arrived = () => mailServer.mails.filter(({ to }) => to.includes(invite.email));
    await until(
      () => arrived().length > 0,
      () => 'the invitation',
    );
    expect(arrived()).toHaveLength(1);
    expect((await failedOf(owner, {}, AUTH_QUEUE)).items).toEqual([]);
  }, 60_000);

  it('is for admins, and knows its queues by name', async () => {
    const agent = await hire(url, owner);
    await get('/v1/queues', agent).expect(403);
    await get(`/v1/queues/${CHAT_QUEUE}/failed`, agent).expect(403);
    expect((await get('/v1/queues/none/failed').expect(404)).body.code).toBe('queue.not_found');
  });
});
