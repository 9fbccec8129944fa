import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import pg from 'pg';
import request from 'supertest';
import { loadConfig } from '../../src/config/app-config.js';
import { AUTH_QUEUE } from '../../src/modules/auth/auth.jobs.js';
import { AuthUpkeep } from '../../src/modules/auth/auth-upkeep.js';
import { WorkerModule } from '../../src/worker.module.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { asAgent, register } from '../support/people.js';
import { until } from '../support/waiting.js';

describe('mails of sign-in whose jobs Redis lost', () => {
  let mailServer: MailServer;
  let cluster: Cluster;
  let worker: INestApplicationContext | undefined;
  let queue: Queue;
  let url: string;

  beforeAll(async () => {
    mailServer = await startMailServer();
    cluster = await startCluster(1, { SMTP_URL: mailServer.url });
    const [node] = cluster.nodes;
    url = node!.url;
    queue = node!.app.get<Queue>(getQueueToken(AUTH_QUEUE), { strict: false });
  }, 60_000);

  afterAll(async () => {
    await worker?.close();
    await cluster.stop();
    await mailServer.stop();
  });

  async function startWorker(): Promise<AuthUpkeep> {
    const config = loadConfig(envFor(cluster.databases, { SMTP_URL: mailServer.url }));
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: ['error'] });
    return worker.get(AuthUpkeep, { strict: false });
  }

  async function waiting(): Promise<number> {
    const { waiting, active, delayed } = await queue.getJobCounts();
    return (waiting ?? 0) + (active ?? 0) + (delayed ?? 0);
  }

  /** As if they had been made a minute ago. */
  async function age(): Promise<void> {
    const client = new pg.Client({ connectionString: cluster.databases.postgres });
    await client.connect();
    for (const table of ['invitations', 'password_resets']) {
      await client.query(`UPDATE ${table} SET created_at = created_at - interval '1 minute'`);
    }
    await client.end();
  }

  function mailTo(address: string): string {
    const mails = mailServer.mails.filter(({ to }) => to.includes(address));
    expect(mails).toHaveLength(1);
    return mails[0]!.text;
  }

  it('go out all the same, once, when they are half a minute late', async () => {
    const owner = await register(url);
    const invite = { email: 'new@agents.example', role: 'agent' };
    await request(url).post('/v1/agents/invitations').set(asAgent(owner)).send(invite).expect(201);
    await request(url).post('/v1/auth/password/forgot').send({ email: owner.agent.email }).expect(202);
    await until(async () => (await waiting()) === 2);
    await queue.obliterate({ force: true });

    const upkeep = await startWorker();
    await upkeep.run();
    expect(await waiting()).toBe(0);

    await age();
    await Promise.all([upkeep.run(), upkeep.run()]);
    await until(async () => mailServer.mails.length >= 2 && (await waiting()) === 0);
    await upkeep.run();
    await until(async () => (await waiting()) === 0);

    const invitation = /invitation#token=([\w.-]+)/.exec(mailTo(invite.email))?.[1];
    const acceptance = { token: invitation, name: 'Minsu Lee', password: 'correct horse battery' };
    await request(url).post('/v1/auth/invitations/accept').send(acceptance).expect(201);
    const reset = /reset#token=([\w.-]+)/.exec(mailTo(owner.agent.email))?.[1];
    const renewal = { token: reset, password: 'another horse battery' };
    await request(url).post('/v1/auth/password/reset').send(renewal).expect(204);
  });
});
