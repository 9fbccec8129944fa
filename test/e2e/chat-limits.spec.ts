import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import request from 'supertest';
import type { WireError } from '../../src/contracts/common.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';
import { RateLimits } from '../../src/infrastructure/limits/rate-limits.js';
import { TokenSigner } from '../../src/modules/auth/token-signer.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  aMessage,
  asAgent,
  asUser,
  boot,
  call,
  connect,
  must,
  register,
  startConversation,
  type Client,
} from '../support/people.js';

const FEW = 3;
const TIGHT = {
  LIMIT_ANONYMOUS_MESSAGES_PER_MINUTE: `${FEW}`,
  LIMIT_TYPING_PER_MINUTE: `${FEW}`,
  LIMIT_PINGS_PER_MINUTE: `${FEW}`,
  LIMIT_SYNCS_PER_MINUTE: `${FEW}`,
};
const LIMITED = {
  ok: false,
  error: { code: 'common.rate_limited', retryable: true, retryAfterMs: expect.any(Number) },
};

describe('limits and connections', () => {
  let cluster: Cluster;
  let url: string;
  let owner: RegistrationView;
  let booted: BootView;
  let pluginKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(1, TIGHT);
    url = cluster.nodes[0]?.url ?? '';
    owner = await register(url);
    pluginKey = owner.environment.pluginKey;
  }, 60_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  const service = <T>(type: abstract new (...args: never[]) => T): T => cluster.nodes[0]!.app.get<T>(type);
  const visit = async () => {
    booted = await boot(url, pluginKey);
    const visitor = await connect(url, { pluginKey, userToken: booted.userToken });
    clients.push(visitor);
    return visitor;
  };
  const waitAMinute = (kind: string) => service(RateLimits).forgive(kind, `user:${booted.user.id}`, FEW);

  it('refuses messages over the limit, and takes the same clientMessageId later', async () => {
    const visitor = await visit();
    const { id: conversationId } = await startConversation(visitor);
    const sends = Array.from({ length: FEW - 1 }, () =>
      must(visitor, 'message:send', { conversationId, ...aMessage() }),
    );
    await Promise.all(sends);
    const refused = { conversationId, ...aMessage('too soon') };
    const answer = await call(visitor, 'message:send', refused);
    expect(answer).toMatchObject(LIMITED);
    if (!answer.ok) expect(answer.error.retryAfterMs).toBeLessThanOrEqual(60_000);
    await waitAMinute('message');
    const sent = await must(visitor, 'message:send', refused);
    expect(sent).toMatchObject({ duplicate: false, message: { seq: FEW + 1, content: 'too soon' } });
  });

  it('says over HTTP what is left, and when to come again', async () => {
    const visitor = await visit();
    const { id } = await startConversation(visitor);
    const send = () =>
      request(url).post(`/v1/conversations/${id}/messages`).set(asUser(pluginKey, booted)).send(aMessage());
    const first = await send().expect(201);
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': `${FEW}`, 'x-ratelimit-remaining': '1' });
    await send().expect(201);
    const refused = await send().expect(429);
    expect(refused.body).toMatchObject(LIMITED.error);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': `${FEW}`, 'x-ratelimit-remaining': '0' });
  });

  it('limits a user by what their environment is set to, typing as well as messages', async () => {
    const other = await register(url);
    const limits = { anonymousMessagesPerMinute: 2, typingPerMinute: 1 };
    await request(url)
      .patch(`/v1/environments/${other.environment.id}`)
      .set(asAgent(other))
      .send({ settings: { limits } })
      .expect(200);
    const guest = await boot(url, other.environment.pluginKey);
    const visitor = await connect(url, {
      pluginKey: other.environment.pluginKey,
      userToken: guest.userToken,
    });
    clients.push(visitor);
    const { id: conversationId } = await startConversation(visitor);
    await must(visitor, 'message:send', { conversationId, ...aMessage() });
    expect(await call(visitor, 'message:send', { conversationId, ...aMessage() })).toMatchObject(LIMITED);
    await must(visitor, 'typing:set', { conversationId, typing: true });
    expect(await call(visitor, 'typing:set', { conversationId, typing: true })).toMatchObject(LIMITED);
  });

  it('limits typing, pings and syncs each by itself', async () => {
    const visitor = await visit();
    const { id } = await startConversation(visitor);
    const bodies = {
      'typing:set': { conversationId: id, typing: true },
      ping: {},
      'conversation:sync': { conversations: [] },
    } as const;
    for (const event of ['typing:set', 'ping', 'conversation:sync'] as const) {
      for (let count = 0; count < FEW; count++) await must(visitor, event, bodies[event]);
      expect([event, await call(visitor, event, bodies[event])]).toMatchObject([event, LIMITED]);
    }
    await must(visitor, 'typing:set', { conversationId: id, typing: false });
    await must(visitor, 'message:send', { conversationId: id, ...aMessage() });
  });

  describe('connect_error', () => {
    const refusal = (auth: object, extraHeaders: Record<string, string> = {}): Promise<Partial<WireError>> =>
      new Promise((resolve, reject) => {
        const options = {
          auth,
          extraHeaders,
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
          timeout: 5_000,
        };
        const client = io(url, options);
        const settle = (then: () => void) => {
          client.disconnect();
          then();
        };
        client.on('hello', () => settle(() => reject(new Error('it was let in'))));
        client.on('connect_error', (error) =>
          settle(() => resolve((error as { data?: WireError }).data ?? {})),
        );
      });

    it('says why nobody is let in without credentials, or with wrong ones', async () => {
      await visit();
      const { userToken } = booted;
      const other = await register(url, 'Other');
      const wrong: object[] = [
        {},
        { token: '' },
        { token: 'garbage' },
        { token: { $gt: '' } },
        { token: userToken },
        { pluginKey },
        { pluginKey, userToken: 'garbage' },
        { pluginKey, userToken: owner.accessToken },
        { pluginKey: 'garbage', userToken },
        { pluginKey: other.environment.pluginKey, userToken },
        { pluginKey: [pluginKey], userToken: [userToken] },
      ];
      for (const auth of wrong) {
        const expected = {
          code: 'auth.unauthenticated',
          message: expect.any(String),
          requestId: expect.any(String),
        };
        expect([auth, await refusal(auth)]).toEqual([auth, expected]);
      }
    });

    it('tells an expired token from a wrong one', async () => {
      const { accessToken } = owner;
      const claims = JSON.parse(
        Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
      ) as Record<string, string>;
      const { sub, sid, org } = claims;
      const expired = service(TokenSigner).sign('agent', { sub, sid, org } as never, -60);
      expect(await refusal({ token: expired })).toMatchObject({ code: 'auth.token_expired' });
    });

    it('lets pages in from the origins of the environment only', async () => {
      const made = await request(url)
        .post('/v1/environments')
        .set(asAgent(owner))
        .send({ name: 'strict' })
        .expect(201);
      const { id, pluginKey: strict } = made.body as { id: string; pluginKey: string };
      const { userToken } = await boot(url, strict);
      const auth = { pluginKey: strict, userToken };
      const allowedOrigins = ['https://shop.example'];
      await request(url)
        .patch(`/v1/environments/${id}`)
        .set(asAgent(owner))
        .send({ allowedOrigins })
        .expect(200);
      const from = (origin: string) => refusal(auth, { origin });
      expect(await from('https://evil.example')).toMatchObject({ code: 'auth.origin_not_allowed' });
      expect(await from('https://shop.example.evil.example')).toMatchObject({
        code: 'auth.origin_not_allowed',
      });
      await expect(from('https://shop.example')).rejects.toThrow('it was let in');
    });

    it('lets nobody in with the token of an ended session', async () => {
      const leaving = await register(url, 'Leaving');
      await request(url).post('/v1/auth/logout').send({ refreshToken: leaving.refreshToken }).expect(204);
      expect(await refusal({ token: leaving.accessToken })).toMatchObject({ code: 'auth.unauthenticated' });
    });
  });

  it('gives the place of the oldest socket to the twenty-first', async () => {
    const twenty: Client[] = [];
    for (let count = 0; count < 20; count++) twenty.push(await connect(url, { token: owner.accessToken }));
    clients.push(...twenty);
    const [oldest, second] = twenty as [Client, Client];
    const closed = new Promise((resolve) => oldest.on('disconnect', resolve));
    clients.push(await connect(url, { token: owner.accessToken }));
    expect(await closed).toBe('io server disconnect');
    expect(second.connected).toBe(true);
    await must(second, 'ping', {});
  });
});
