import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RegistrationView, SessionView } from '../../src/contracts/tenants.js';
import { startEngines, type RunningEngines } from '../../src/embedded/engines.js';
import { runMigrations } from '../../src/infrastructure/migrations.js';
import { startApp, type TestApp } from '../support/app.js';
import { asAgent, connect, next, PASSWORD, register, type Client } from '../support/people.js';

/** What contract and sweep promise, and a little for the way. */
const PROMISED_MS = 5_000;
const SLACK_MS = 1_000;

describe('sessions while Redis is away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-sessions-'));
  const clients: Client[] = [];
  let engines: RunningEngines;
  let nodes: TestApp[];
  let here: string;
  let there: string;
  let owner: RegistrationView;

  beforeAll(async () => {
    engines = await startEngines({ dataDir, ephemeral: true });
    const { postgres, mongodb, redis } = engines.urls;
    await runMigrations({ postgresUrl: postgres, mongodbUrl: mongodb });
    const databases = { postgres, mongodb, redis, redisKeyPrefix: 'faults', drop: () => Promise.resolve() };
    // Redis is down on purpose: what is logged of it would drown what is not.
    nodes = await Promise.all([1, 2].map(() => startApp(databases, { LOG_LEVEL: 'silent' })));
    [here, there] = nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function connectThere({ accessToken }: { accessToken: string }): Promise<Client> {
    const client = await connect(there, { token: accessToken });
    clients.push(client);
    return client;
  }

  async function signIn(): Promise<SessionView> {
    const body = { email: owner.agent.email, password: PASSWORD };
    const answer = await request(here).post('/v1/auth/login').send(body).expect(200);
    return answer.body as SessionView;
  }

  async function aColleague(): Promise<RegistrationView> {
    const invite = { email: `colleague-${Date.now()}@agents.example`, role: 'agent' };
    const invited = await request(here)
      .post('/v1/agents/invitations')
      .set(asAgent(owner))
      .send(invite)
      .expect(201);
    const body = { token: invited.body.token, name: 'Minsu Lee', password: PASSWORD };
    const answer = await request(here).post('/v1/auth/invitations/accept').send(body).expect(201);
    return answer.body as RegistrationView;
  }

  function killRedis(): void {
    engines.engines.redis?.kill('SIGKILL');
  }

  /** When its socket there was told and closed and its token there was refused, each in milliseconds from now. */
  async function felt(client: Client, who: { accessToken: string }): Promise<number[]> {
    const begun = Date.now();
    const since = () => Date.now() - begun;
    const told = next(client, 'session:ended', undefined, PROMISED_MS + SLACK_MS).then(since);
    const closed = new Promise<number>((resolve) => client.once('disconnect', () => resolve(since())));
    return Promise.all([told, closed, untilRefused(who).then(since)]);
  }

  async function untilRefused(who: { accessToken: string }): Promise<void> {
    for (const end = Date.now() + 2 * PROMISED_MS; Date.now() < end; await sleep(100)) {
      const { status } = await request(there).get('/v1/auth/me').set(asAgent(who));
      if (status === 401) return;
    }
    throw new Error('the token was never refused');
  }

  it('a sign-out on one node is felt on the other within 5 s, by that session alone', async () => {
    const [leaving, staying] = [await signIn(), await signIn()];
    const [client, other] = [await connectThere(leaving), await connectThere(staying)];
    killRedis();
    const ended = felt(client, leaving);
    const { refreshToken } = leaving;
    await request(here).post('/v1/auth/logout').send({ refreshToken }).expect(204);
    expect(Math.max(...(await ended))).toBeLessThan(PROMISED_MS + SLACK_MS);
    expect(other.connected).toBe(true);
    await request(there).get('/v1/auth/me').set(asAgent(staying)).expect(200);
  });

  it('a colleague is let in, and once disabled is out on every node within 5 s', async () => {
    killRedis();
    const colleague = await aColleague();
    const client = await connectThere(colleague);
    const ended = felt(client, colleague);
    await request(here).delete(`/v1/agents/${colleague.agent.id}`).set(asAgent(owner)).expect(204);
    expect(Math.max(...(await ended))).toBeLessThan(PROMISED_MS + SLACK_MS);
    await request(there).get('/v1/auth/me').set(asAgent(owner)).expect(200);
  });
});
