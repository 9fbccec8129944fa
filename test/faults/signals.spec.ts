import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import request from 'supertest';
import type { PresenceStatus, PrincipalRef } from '../../src/contracts/common.js';
import type { CreatedApiKeyView, RegistrationView, SessionView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { startEngines, type EmbeddedEngine, type RunningEngines } from '../../src/embedded/engines.js';
import { freePort } from '../../src/embedded/ports.js';
import { PasswordResetService } from '../../src/modules/auth/password-reset.service.js';
import { RateLimits } from '../../src/infrastructure/limits/rate-limits.js';
import { runMigrations } from '../../src/infrastructure/migrations.js';
import { envFor, startApp, type TestApp } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asPartner,
  asUser,
  boot,
  call,
  connect,
  must,
  PASSWORD,
  register,
  startConversation,
  type Client,
} from '../support/people.js';
import { NodeProcess } from './rig/node-process.js';
import { until } from './rig/waiting.js';

const LIFE_MS = 4_000;
const GRACE_MS = 1_000;
const SHORT = {
  // The stores are hurt on purpose: what is logged of it would drown what is not.
  LOG_LEVEL: 'silent',
  PRESENCE_LIFE_MS: `${LIFE_MS}`,
  PRESENCE_GRACE_MS: `${GRACE_MS}`,
};
/** What a node bears of the first kind, twice and five times as much: each of the lags below is well between two. */
const SHED_LAG_MS = 400;
const BUSY_MS = [560, 960, 2_200];
const PRELOAD = fileURLToPath(new URL('./rig/preloads/busy.mjs', import.meta.url));
/** Of the visitors whose limits are looked at. Too few for a share that a node may give away unasked. */
const POINTS = 3;
const LIMITED = {
  ok: false,
  error: { code: 'common.rate_limited', retryable: true, retryAfterMs: expect.any(Number) },
};
const BUSY = {
  ok: false,
  error: { code: 'common.unavailable', retryable: true, retryAfterMs: expect.any(Number) },
};

describe('presence, limits and load while something is wrong', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-signals-'));
  const clients: Client[] = [];
  let engines: RunningEngines;
  let nodes: TestApp[];
  let here: string;
  let there: string;
  /** A node that is made busy, and killed in the end. */
  let third: NodeProcess;
  let owner: RegistrationView;
  let colleague: RegistrationView;
  let pluginKey: string;

  beforeAll(async () => {
    engines = await startEngines({ dataDir, ephemeral: true });
    const { postgres, mongodb, redis } = engines.urls;
    await runMigrations({ postgresUrl: postgres, mongodbUrl: mongodb });
    const databases = { postgres, mongodb, redis, redisKeyPrefix: 'signals', drop: () => Promise.resolve() };
    nodes = await Promise.all([1, 2].map(() => startApp(databases, SHORT)));
    [here, there] = nodes.map(({ url }) => url) as [string, string];
    const env = {
      NODE_OPTIONS: `--import ${PRELOAD}`,
      BUSY_MS: BUSY_MS.join(','),
      SHED_LAG_MS: String(SHED_LAG_MS),
    };
    third = new NodeProcess(
      await freePort(),
      envFor(databases, { ...SHORT, ...env }),
      join(dataDir, 'third.log'),
    );
    await third.start();
    owner = await register(here);
    colleague = await hire();
    ({ pluginKey } = owner.environment);
    await limitVisitors(POINTS);
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await Promise.all([...nodes.map((node) => node.stop()), third.kill()]);
    await engines.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function hire(): Promise<RegistrationView> {
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

  async function limitVisitors(anonymousMessagesPerMinute: number): Promise<void> {
    await request(here)
      .patch(`/v1/environments/${owner.environment.id}`)
      .set(asAgent(owner))
      .send({ settings: { limits: { anonymousMessagesPerMinute } } })
      .expect(200);
  }

  async function agentOn(url: string, { accessToken }: { accessToken: string } = owner): Promise<Client> {
    const client = await connect(url, { token: accessToken });
    clients.push(client);
    return client;
  }

  async function visitorOn(url: string, booted?: BootView): Promise<{ client: Client; booted: BootView }> {
    const who = booted ?? (await boot(here, pluginKey));
    const client = await connect(url, { pluginKey, userToken: who.userToken });
    clients.push(client);
    return { client, booted: who };
  }

  function engine(name: 'redis' | 'mongodb' | 'postgres'): EmbeddedEngine {
    const found = engines.engines[name];
    if (!found) throw new Error(`${name} does not run here`);
    return found;
  }

  async function flushRedis(): Promise<void> {
    const redis = new Redis(engines.urls.redis);
    await redis.flushall();
    redis.disconnect();
  }

  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };

  describe('an event loop that lags', () => {
    const ALL_TAKEN = Array.from({ length: 4 }, () => ({ ok: true }));
    const BUSY_OVER_HTTP = { ...BUSY, after: '1' };
    const overHttp = async (asked: request.Test) => {
      const { status, body, headers } = await asked;
      return status < 300 ? { ok: true } : { ok: false, error: body, after: headers['retry-after'] };
    };

    /** And gives the node the few turns that it takes to see it. */
    const makeBusier = async (step: number) => {
      third.signal('SIGUSR2');
      await sleep(500 + 2.5 * BUSY_MS[step]!);
    };

    /** Whatever is refused is refused as it should be. */
    const untilRefused = (attempt: () => Promise<{ ok: boolean }>, what: string) =>
      until(
        async () => {
          const ack = await attempt();
          if (!ack.ok) expect(ack).toMatchObject(BUSY);
          return !ack.ok;
        },
        () => `${what} to be refused`,
        30_000,
      );

    it('lets go of typing and presence first, then of syncs, of sends last, and of nothing that was taken', async () => {
      const agent = await agentOn(third.url);
      const listener = await agentOn(third.url, colleague);
      const { conversation } = await must(agent, 'conversation:create', {
        kind: 'group',
        name: 'team',
        agentIds: [colleague.agent.id],
      });
      const conversationId = conversation.id;
      await must(listener, 'conversation:open', { conversationId });
      let typed = 0;
      listener.on('typing', () => typed++);
      const as = asAgent(owner);
      const messages = `/v1/conversations/${conversationId}`;
      const acked: string[] = [];
      const send = async () => {
        const ack = await call(agent, 'message:send', { conversationId, ...aMessage() });
        if (ack.ok) acked.push(ack.data.message.id);
        return ack;
      };
      const sync = () =>
        call(agent, 'conversation:sync', {
          conversations: [{ id: conversationId, afterSeq: 0, afterRev: 0 }],
        });
      const type = () => call(agent, 'typing:set', { conversationId, typing: true });
      const look = () =>
        call(agent, 'presence:watch', { principals: [{ type: 'agent', id: colleague.agent.id }] });
      const syncOverHttp = () =>
        overHttp(request(third.url).get(`${messages}/sync?afterSeq=0&afterRev=0`).set(as));
      const sendOverHttp = () =>
        overHttp(request(third.url).post(`${messages}/messages`).set(as).send(aMessage()));

      await type();
      await until(
        () => typed === 1,
        () => 'typing',
      );
      const inFlight = Array.from({ length: 5 }, send);
      await makeBusier(0);
      await untilRefused(look, 'presence');
      expect(await Promise.all([type(), sync(), syncOverHttp(), send()])).toMatchObject(ALL_TAKEN);

      await makeBusier(1);
      await untilRefused(sync, 'syncs');
      expect(await Promise.all([syncOverHttp(), send()])).toMatchObject([BUSY_OVER_HTTP, { ok: true }]);

      await makeBusier(2);
      await untilRefused(send, 'sends');
      expect(await sendOverHttp()).toMatchObject(BUSY_OVER_HTTP);

      third.signal('SIGUSR2');
      await until(
        async () => (await send()).ok,
        () => 'sends as before',
        20_000,
      );
      expect(typed).toBe(1);
      await type();
      await until(
        () => typed === 2,
        () => 'typing as before',
      );
      expect(await look()).toMatchObject({ ok: true });
      expect(await Promise.all(inFlight)).toMatchObject(Array.from({ length: 5 }, () => ({ ok: true })));
      const synced = await sync();
      if (!synced.ok) throw new Error('syncs are still refused');
      const ids = synced.data.conversations[0]?.messages.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(acked));
      expect([agent.connected, listener.connected]).toEqual([true, true]);
    }, 120_000);
  });

  describe('presence', () => {
    /** All that a socket is told of one principal, the first answer included. */
    async function watch(client: Client, principal: PrincipalRef): Promise<PresenceStatus[]> {
      const heard: PresenceStatus[] = [];
      client.on('presence', (state) => {
        if (state.principal.id === principal.id) heard.push(state.status);
      });
      const { states } = await must(client, 'presence:watch', { principals: [principal] });
      heard.unshift(...states.map(({ status }) => status));
      return heard;
    }

    const becomes = (status: PresenceStatus, ms: number, ...all: PresenceStatus[][]) =>
      until(
        () => all.every((heard) => heard.at(-1) === status),
        () => `${status} after ${JSON.stringify(all)}`,
        ms,
      );
    const self: PrincipalRef = { type: 'agent', id: '' };
    const refOf = ({ agent }: RegistrationView): PrincipalRef => ({ ...self, id: agent.id });

    async function watchTheColleague(): Promise<PresenceStatus[][]> {
      await agentOn(there, colleague);
      const watchers = [await agentOn(here), await agentOn(there)];
      const heard = await Promise.all(watchers.map((client) => watch(client, refOf(colleague))));
      await becomes('online', 3_000, ...heard);
      return heard;
    }

    it('is unknown while Redis hangs, and online again without anybody doing anything', async () => {
      const heard = await watchTheColleague();
      engine('redis').kill('SIGSTOP');
      try {
        await becomes('unknown', 3_000, ...heard);
        const { body } = await request(here).get(`/v1/agents/${colleague.agent.id}`).set(asAgent(owner));
        expect(body.presence).toBe('unknown');
      } finally {
        engine('redis').kill('SIGCONT');
      }
      await becomes('online', 3_000, ...heard);
      expect(heard.flat()).not.toContain('offline');
    });

    it('is unknown while Redis is dead, and comes from an empty one: who stayed is online, who left is not', async () => {
      const heard = await watchTheColleague();
      const { client, booted } = await visitorOn(there);
      const ofVisitor = await watch(await agentOn(here), { type: 'user', id: booted.user.id });
      engine('redis').kill('SIGKILL');
      try {
        await becomes('unknown', 3_000, ...heard, ofVisitor);
        client.disconnect();
      } finally {
        await engine('redis').restart();
      }
      await becomes('online', 4_000, ...heard);
      await becomes('offline', 9_000, ofVisitor);
      expect(heard.flat()).not.toContain('offline');
    });

    it('calls nobody offline whom Redis forgot while it answered', async () => {
      const heard = await watchTheColleague();
      const said = heard.map(({ length }) => length);
      await flushRedis();
      const late = await watch(await agentOn(here), refOf(colleague));
      await becomes('online', 3_000, late, ...heard);
      await sleep(LIFE_MS / 6 + 500);
      expect(heard.flatMap((all, index) => all.slice(said[index]))).not.toContain('offline');
      expect(late).not.toContain('offline');
    });

    it('goes on as usual while MongoDB and PostgreSQL are away', async () => {
      const heard = await watchTheColleague();
      const leaving = clients.splice(0, 1)[0]!;
      for (const name of ['mongodb', 'postgres'] as const) engine(name).kill('SIGSTOP');
      try {
        await sleep(1_500);
        expect(new Set(heard.flat())).toEqual(new Set(['online', ...heard.map(([first]) => first)]));
        leaving.disconnect();
        await becomes('offline', GRACE_MS + 4_000, ...heard);
      } finally {
        for (const name of ['mongodb', 'postgres'] as const) engine(name).kill('SIGCONT');
      }
    });

    it('takes the people of a killed node for offline when their time is over, not before, and nobody else', async () => {
      await agentOn(third.url, colleague);
      const { booted } = await visitorOn(third.url);
      await visitorOn(here, booted);
      const watcher = await agentOn(there);
      const gone = await watch(watcher, refOf(colleague));
      const elsewhere = await watch(watcher, { type: 'user', id: booted.user.id });
      await becomes('online', 3_000, gone, elsewhere);
      await third.kill();
      const promised = LIFE_MS - Math.round((LIFE_MS * 5) / 12);
      const after = await took(() => becomes('offline', LIFE_MS + 4_000, gone));
      expect(after).toBeGreaterThan(promised - 1_000);
      expect(elsewhere).not.toContain('offline');
    });
  });

  describe('limits', () => {
    async function aLimitedVisitor() {
      const { client, booted } = await visitorOn(here);
      const { id } = await startConversation(client);
      const elsewhere = (await visitorOn(there, booted)).client;
      const send = (from: Client, body = aMessage()) =>
        call(from, 'message:send', { conversationId: id, ...body });
      return { client, elsewhere, booted, send, id };
    }

    /** How many of so many are taken; every other is refused as it should be. */
    async function accepted(attempts: () => Promise<{ ok: boolean }>, count: number): Promise<number> {
      let passed = 0;
      for (let tries = 0; tries < count; tries++) {
        const ack = await attempts();
        if (ack.ok) passed++;
        else expect(ack).toMatchObject(LIMITED);
      }
      return passed;
    }

    const waitAMinute = async ({ user }: BootView) => {
      for (const { app } of nodes) await app.get(RateLimits).forgive('message', `user:${user.id}`, POINTS);
    };

    it('hold when Redis dies and comes back empty, again and again', async () => {
      const { client, elsewhere, booted, send, id } = await aLimitedVisitor();
      let passed = 1 + (await accepted(() => send(client), POINTS));
      expect(passed).toBe(POINTS);
      for (let restarts = 0; restarts < 2; restarts++) {
        engine('redis').kill('SIGKILL');
        passed += await accepted(() => send(client), 2);
        passed += await accepted(() => send(elsewhere), POINTS + 1);
        await engine('redis').restart();
        await sleep(300);
        passed += await accepted(() => send(client), 2);
        passed += await accepted(() => send(elsewhere), 2);
      }
      // A budget for each node, and not one more for each loss.
      expect(passed).toBeLessThanOrEqual(nodes.length * POINTS);
      const refused = aMessage('too soon');
      const refusal = await send(client, refused);
      expect(refusal).toMatchObject(LIMITED);
      if (!refusal.ok) expect(refusal.error.retryAfterMs).toBeLessThanOrEqual(60_000);
      await waitAMinute(booted);
      expect(await send(client, refused)).toMatchObject({ ok: true, data: { duplicate: false } });
      expect(await send(client, refused)).toMatchObject({ ok: true, data: { duplicate: true } });
      const { body } = await request(here)
        .get(`/v1/conversations/${id}/messages`)
        .set(asUser(pluginKey, booted));
      const contents = (body.items as { content: string }[]).map(({ content }) => content);
      expect(contents.filter((content) => content === 'too soon')).toHaveLength(1);
    });

    it('hold while Redis hangs, at the cost of a second at first and of nothing from then on', async () => {
      const { client, send } = await aLimitedVisitor();
      engine('redis').kill('SIGSTOP');
      try {
        expect(await took(() => send(client))).toBeLessThan(5_000);
        await sleep(500);
        expect(await took(() => send(client))).toBeLessThan(900);
        expect(await accepted(() => send(client), 2)).toBe(0);
      } finally {
        engine('redis').kill('SIGCONT');
      }
      await sleep(1_000);
      expect(await accepted(() => send(client), 2)).toBe(0);
    });

    it('count a repeat of what was acknowledged, and what they refuse of it may be asked again', async () => {
      const { client, booted, send } = await aLimitedVisitor();
      const said = aMessage('once');
      const first = await send(client, said);
      expect(await send(client, said)).toMatchObject({ ok: true, data: { duplicate: true } });
      expect(await send(client, said)).toMatchObject(LIMITED);
      await waitAMinute(booted);
      const again = await send(client, said);
      if (!first.ok || !again.ok) throw new Error('it should have been taken');
      expect(again.data).toMatchObject({ duplicate: true, message: { id: first.data.message.id } });
    });
  });

  describe('sessions', () => {
    const PROMISED_MS = 5_000;
    const SLACK_MS = 1_500;

    const post = (url: string, path: string, body: object = {}, headers: Record<string, string> = {}) =>
      request(url).post(path).set(headers).send(body);

    async function signIn({ agent }: RegistrationView): Promise<SessionView> {
      const answer = await post(here, '/v1/auth/login', { email: agent.email, password: PASSWORD }).expect(
        200,
      );
      return answer.body as SessionView;
    }

    async function resetPassword({ agent }: RegistrationView): Promise<void> {
      const resets = nodes[0]!.app.get(PasswordResetService);
      await post(here, '/v1/auth/password/forgot', { email: agent.email }).expect(202);
      let ids: string[] = [];
      await until(
        async () => (ids = await resets.listForgottenIds(0, 1)).length > 0,
        () => 'the reset',
      );
      const mail = await resets.findUnmailed(ids[0]!);
      await post(here, '/v1/auth/password/reset', { token: mail?.token, password: `${PASSWORD} 2` }).expect(
        204,
      );
    }

    const endOf = (client: Client) => {
      let isTold = false;
      client.once('session:ended', () => (isTold = true));
      return () =>
        until(
          () => isTold && !client.connected,
          () => 'the end of a socket',
          PROMISED_MS + SLACK_MS,
        );
    };
    const untilRefused = (path: string, headers: Record<string, string>) =>
      until(
        async () => (await request(there).get(path).set(headers)).status === 401,
        () => `a refusal of ${path}`,
        PROMISED_MS + SLACK_MS,
      );

    it('end within 5 s on a node that hears nothing of it, whatever ended them', async () => {
      const [forgetful, robbed] = [await hire(), await signIn(colleague)];
      const asOwner = asAgent(owner);
      const made = await post(here, '/v1/environments', { name: 'second' }, asOwner).expect(201);
      const second = made.body as { id: string; pluginKey: string };
      const keys = `/v1/environments/${second.id}/api-keys`;
      const key = (await post(here, keys, { name: 'key' }, asOwner).expect(201)).body as CreatedApiKeyView;
      const [erased, { booted }] = [await visitorOn(there), await visitorOn(there)];
      const guest = await boot(here, second.pluginKey);
      const ofGuest = await connect(there, { pluginKey: second.pluginKey, userToken: guest.userToken });
      clients.push(ofGuest);
      const ends = [
        await agentOn(there, forgetful),
        await agentOn(there, robbed),
        erased.client,
        ofGuest,
      ].map(endOf);
      const refused: [string, Record<string, string>][] = [
        ['/v1/auth/me', asAgent(forgetful)],
        ['/v1/auth/me', asAgent(robbed)],
        ['/v1/users/me', asUser(pluginKey, erased.booted)],
        ['/v1/users/me', asUser(second.pluginKey, guest)],
        ['/v1/conversations', asPartner(key)],
      ];
      for (const [path, headers] of refused) await request(there).get(path).set(headers).expect(200);
      const staying = await agentOn(there);
      engine('redis').kill('SIGSTOP');
      try {
        const { refreshToken } = robbed;
        await post(here, '/v1/auth/refresh', { refreshToken }).expect(200);
        await Promise.all([
          resetPassword(forgetful),
          post(here, '/v1/auth/refresh', { refreshToken }).expect(401),
          request(here).delete(`/v1/users/${erased.booted.user.id}`).set(asOwner).expect(200),
          post(here, `/v1/environments/${second.id}/plugin-key`, {}, asOwner),
          request(here).delete(`${keys}/${key.id}`).set(asOwner).expect(204),
        ]);
        await Promise.all([...ends.map((ended) => ended()), ...refused.map((one) => untilRefused(...one))]);
      } finally {
        engine('redis').kill('SIGCONT');
      }
      expect(staying.connected).toBe(true);
      await request(there).get('/v1/users/me').set(asUser(pluginKey, booted)).expect(200);
    });

    it('go on for 30 s without PostgreSQL, are good for nothing from then on, and as before when it is back', async () => {
      const RETRYABLE = { ok: false, error: { code: 'common.unavailable', retryable: true } };
      const { client: visitor } = await visitorOn(here);
      const { id: conversationId } = await startConversation(visitor);
      const agent = await agentOn(here);
      const both = () =>
        Promise.all(
          [agent, visitor].map((who) => call(who, 'message:send', { conversationId, ...aMessage() })),
        );
      const me = () => request(here).get('/v1/auth/me').set(asAgent(owner));
      const wellFor = async () => expect(await both()).toMatchObject([{ ok: true }, { ok: true }]);
      await limitVisitors(1_000);
      await wellFor();
      engine('postgres').kill('SIGKILL');
      await wellFor();
      const login = await post(here, '/v1/auth/login', { email: owner.agent.email, password: PASSWORD });
      expect([login.status, login.body.retryable]).toEqual([503, true]);
      const real = performance.now.bind(performance);
      jest.spyOn(performance, 'now').mockImplementation(() => real() + 30_500);
      expect(await both()).toMatchObject([RETRYABLE, RETRYABLE]);
      expect((await me()).status).toBe(503);
      expect([agent.connected, visitor.connected]).toEqual([true, true]);
      await engine('postgres').restart();
      await until(
        async () => (await both()).every(({ ok }) => ok),
        () => 'sends as before',
        10_000,
      );
      await me().expect(200);
    });
  });
});
