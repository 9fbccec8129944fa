import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import request from 'supertest';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { PasswordResetService } from '../../src/modules/auth/password-reset.service.js';
import { TokenSigner } from '../../src/modules/auth/token-signer.js';
import { startCluster, type Cluster, type TestApp } from '../support/app.js';
import { until } from '../support/waiting.js';

const PASSWORD = 'correct horse battery';
let cluster: Cluster;
let first: TestApp;
let second: TestApp;
let count = 0;

beforeAll(async () => {
  cluster = await startCluster(2, { LIMIT_SIGN_INS_PER_MINUTE: '10000', LIMIT_BOOTS_PER_MINUTE: '10000' });
  [first, second] = cluster.nodes as [TestApp, TestApp];
}, 60_000);

afterAll(() => cluster.stop());

const post = (path: string, body: object, token?: string) => {
  const call = request(first.url).post(path).send(body);
  return token ? call.set('authorization', `Bearer ${token}`) : call;
};
const get = (path: string, token: string, url = first.url) =>
  request(url).get(path).set('authorization', `Bearer ${token}`);
const patch = (path: string, body: object, token: string) =>
  request(first.url).patch(path).set('authorization', `Bearer ${token}`).send(body);
const remove = (path: string, token: string) =>
  request(first.url).delete(path).set('authorization', `Bearer ${token}`);

function anEmail(): string {
  return `person${++count}@shop.example`;
}

async function anOwner(name = 'Blue Bottle 서울'): Promise<RegistrationView & { email: string }> {
  const email = anEmail();
  const body = { organizationName: name, name: 'Jimin Park', email, password: PASSWORD };
  const answer = await post('/v1/auth/register', body).expect(201);
  return { ...(answer.body as RegistrationView), email };
}

async function aColleague(
  owner: RegistrationView,
  role: string,
): Promise<RegistrationView & { email: string }> {
  const email = anEmail();
  const { body: invitation } = await post(
    '/v1/agents/invitations',
    { email, role },
    owner.accessToken,
  ).expect(201);
  const acceptance = { token: invitation.token, name: 'Minsu Lee', password: PASSWORD };
  const answer = await post('/v1/auth/invitations/accept', acceptance).expect(201);
  return { ...(answer.body as RegistrationView), email };
}

/** A session's end is felt within five seconds on every node. */
async function refused(call: () => request.Test): Promise<void> {
  const refusal = { status: 401, body: { code: 'auth.unauthenticated' } };
  await until(async () => expect(await call()).toMatchObject(refusal));
}

async function connected(url: string, token: string): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function closed(socket: Socket, withinMs: number): Promise<number> {
  const begun = Date.now();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the socket stayed open')), withinMs);
    socket.once('disconnect', () => {
      clearTimeout(timer);
      resolve(Date.now() - begun);
    });
  });
}

describe('sign-in', () => {
  it('registers an organization with its owner and first environment', async () => {
    const owner = await anOwner();
    expect(owner.agent).toMatchObject({ role: 'owner', email: owner.email, availability: 'available' });
    expect(owner.organization.slug).toMatch(/^blue-bottle/);
    expect(owner.environment).toEqual({
      id: expect.any(String),
      name: 'live',
      pluginKey: expect.stringMatching(/^pk_/),
    });
    const { body } = await get('/v1/auth/me', owner.accessToken, second.url).expect(200);
    expect(body.organizations).toEqual([
      expect.objectContaining({ id: owner.organization.id, role: 'owner' }),
    ]);
  });

  it('refuses a taken address, however it is written', async () => {
    const { email } = await anOwner();
    const body = {
      organizationName: 'Other',
      name: 'Other',
      email: ` ${email.toUpperCase()} `,
      password: PASSWORD,
    };
    const answer = await post('/v1/auth/register', body).expect(409);
    expect(answer.body.code).toBe('common.conflict');
  });

  it('refuses bad bodies with a path for each fault', async () => {
    const body = { organizationName: '', name: null, email: 'x', password: 'short', extra: 1 };
    const answer = await post('/v1/auth/register', body).expect(400);
    expect(answer.body.code).toBe('common.validation_failed');
    const paths = answer.body.details.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(['email', 'extra', 'name', 'organizationName', 'password']);
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    const { email } = await anOwner();
    const wrong = await post('/v1/auth/login', { email, password: 'not the password' }).expect(401);
    const unknown = await post('/v1/auth/login', { email: anEmail(), password: PASSWORD }).expect(401);
    expect(wrong.body.code).toBe('auth.invalid_credentials');
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  it('ends guessing one account, and no other, from one address', async () => {
    const [victim, bystander] = [await anOwner(), await anOwner()];
    for (let guess = 0; guess < 10; guess++) {
      await post('/v1/auth/login', { email: victim.email, password: `guess number ${guess}` }).expect(401);
    }
    const answer = await post('/v1/auth/login', { email: victim.email, password: PASSWORD }).expect(429);
    expect(answer.body).toMatchObject({ code: 'common.rate_limited', retryAfterMs: expect.any(Number) });
    await post('/v1/auth/login', { email: bystander.email, password: PASSWORD }).expect(200);
  });
});

describe('refresh tokens', () => {
  it('rotate, and end their session when one is used twice', async () => {
    const { refreshToken } = await anOwner();
    const { body: next } = await post('/v1/auth/refresh', { refreshToken }).expect(200);
    await get('/v1/auth/me', next.accessToken).expect(200);
    const reused = await post('/v1/auth/refresh', { refreshToken }).expect(401);
    expect(reused.body.code).toBe('auth.token_reused');
    await post('/v1/auth/refresh', { refreshToken: next.refreshToken }).expect(401);
    await refused(() => get('/v1/auth/me', next.accessToken));
  });

  it('are good for one of two concurrent uses', async () => {
    const { refreshToken } = await anOwner();
    const answers = await Promise.all(
      [first, second, first, second].map(({ url }) =>
        request(url).post('/v1/auth/refresh').send({ refreshToken }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'auth.token_reused')).toHaveLength(3);
  });

  it('are refused when they are none of ours', async () => {
    const answer = await post('/v1/auth/refresh', { refreshToken: 'rt_garbage' }).expect(401);
    expect(answer.body.code).toBe('auth.unauthenticated');
  });
});

describe('access tokens', () => {
  it('say so when they have expired', async () => {
    const { agent, organization } = await anOwner();
    const signer = first.app.get(TokenSigner, { strict: false });
    const token = signer.sign('agent', { sub: agent.id, org: organization.id, sid: agent.id }, -10);
    const answer = await get('/v1/auth/me', token).expect(401);
    expect(answer.body.code).toBe('auth.token_expired');
  });

  it('are refused when unsigned, of another audience or not tokens at all', async () => {
    const { environment } = await anOwner();
    const boot = await request(first.url)
      .post('/v1/widget/boot')
      .set('x-plugin-key', environment.pluginKey)
      .send({});
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.`;
    for (const token of [boot.body.userToken, boot.body.visitorToken, unsigned, 'x', 'x'.repeat(5_000)]) {
      const answer = await get('/v1/auth/me', token).expect(401);
      expect(answer.body.code).toBe('auth.unauthenticated');
    }
  });
});

describe('sessions', () => {
  it('close their sockets on every node when they end, and no others', async () => {
    const owner = await anOwner();
    const login = await post('/v1/auth/login', { email: owner.email, password: PASSWORD }).expect(200);
    const ending = await connected(second.url, owner.accessToken);
    const staying = await connected(second.url, login.body.accessToken);
    const end = closed(ending, 5_000);
    await post('/v1/auth/logout', { refreshToken: owner.refreshToken }).expect(204);
    await end;
    expect(staying.connected).toBe(true);
    staying.disconnect();
    await refused(() => get('/v1/auth/me', owner.accessToken, second.url));
  });

  it('end with the agent who is disabled', async () => {
    const owner = await anOwner();
    const colleague = await aColleague(owner, 'agent');
    const socket = await connected(second.url, colleague.accessToken);
    const end = closed(socket, 5_000);
    await remove(`/v1/agents/${colleague.agent.id}`, owner.accessToken).expect(204);
    await end;
    await post('/v1/auth/refresh', { refreshToken: colleague.refreshToken }).expect(401);
    await post('/v1/auth/login', { email: colleague.email, password: PASSWORD }).expect(403);
  });

  it('are made for another organization of the same account', async () => {
    const owner = await anOwner();
    const { body: other } = await post(
      '/v1/organizations',
      { name: '두번째 회사' },
      owner.accessToken,
    ).expect(201);
    const { body: session } = await post(
      '/v1/auth/switch',
      { organizationId: other.id },
      owner.accessToken,
    ).expect(200);
    expect(session).toMatchObject({ organization: { id: other.id }, agent: { role: 'owner' } });
    const { body: environments } = await get('/v1/environments', session.accessToken).expect(200);
    expect(environments.items).toHaveLength(1);
    const login = await post('/v1/auth/login', { email: owner.email, password: PASSWORD }).expect(200);
    expect(login.body.organization.id).toBe(other.id);
    const stranger = await anOwner();
    const { organization } = stranger;
    const refusal = await post(
      '/v1/auth/switch',
      { organizationId: organization.id },
      owner.accessToken,
    ).expect(404);
    expect(refusal.body.code).toBe('organization.not_found');
  });
});

describe('roles', () => {
  it('keep the last owner and let only owners make owners', async () => {
    const owner = await anOwner();
    const admin = await aColleague(owner, 'admin');
    const me = `/v1/agents/${owner.agent.id}`;
    expect((await patch(me, { role: 'agent' }, owner.accessToken).expect(409)).body.code).toBe(
      'common.conflict',
    );
    await remove(me, owner.accessToken).expect(409);
    await patch(me, { role: 'agent' }, admin.accessToken).expect(403);
    await remove(me, admin.accessToken).expect(403);
    await post('/v1/agents/invitations', { email: anEmail(), role: 'owner' }, admin.accessToken).expect(403);
    await patch(`/v1/agents/${admin.agent.id}`, { role: 'owner' }, owner.accessToken).expect(200);
    const both = await Promise.all([
      patch(me, { role: 'agent' }, owner.accessToken),
      patch(`/v1/agents/${admin.agent.id}`, { role: 'agent' }, owner.accessToken),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('may change nothing at all', async () => {
    const { accessToken, agent, environment } = await anOwner();
    for (const path of [
      '/v1/agents/me',
      `/v1/agents/${agent.id}`,
      `/v1/environments/${environment.id}`,
      '/v1/organization',
    ]) {
      await patch(path, {}, accessToken).expect(200);
    }
  });

  it('decide who may manage', async () => {
    const owner = await anOwner();
    const agent = await aColleague(owner, 'agent');
    const { id } = owner.environment;
    await patch(`/v1/environments/${id}`, { name: 'x' }, agent.accessToken).expect(403);
    await post(`/v1/environments/${id}/api-keys`, { name: 'x' }, agent.accessToken).expect(403);
    await patch('/v1/organization', { name: 'x' }, agent.accessToken).expect(403);
    await post('/v1/agents/invitations', { email: anEmail(), role: 'agent' }, agent.accessToken).expect(403);
    const { body } = await patch(
      '/v1/agents/me',
      { statusText: '점심', availability: 'busy' },
      agent.accessToken,
    ).expect(200);
    expect(body).toMatchObject({ statusText: '점심', availability: 'busy' });
    const list = await get('/v1/agents?limit=1', agent.accessToken).expect(200);
    const rest = await get(`/v1/agents?cursor=${list.body.nextCursor}`, agent.accessToken).expect(200);
    expect([...list.body.items, ...rest.body.items]).toHaveLength(2);
    await get('/v1/agents?cursor=garbage', agent.accessToken).expect(400);
  });

  it('see nothing of another organization', async () => {
    const [owner, stranger] = [await anOwner(), await anOwner()];
    const refusals = await Promise.all([
      get(`/v1/agents/${owner.agent.id}`, stranger.accessToken),
      patch(`/v1/agents/${owner.agent.id}`, { name: 'x' }, stranger.accessToken),
      remove(`/v1/agents/${owner.agent.id}`, stranger.accessToken),
      get(`/v1/environments/${owner.environment.id}`, stranger.accessToken),
      patch(`/v1/environments/${owner.environment.id}`, { name: 'x' }, stranger.accessToken),
      remove(`/v1/environments/${owner.environment.id}`, stranger.accessToken),
      post(`/v1/environments/${owner.environment.id}/plugin-key`, {}, stranger.accessToken),
      post(`/v1/environments/${owner.environment.id}/identity-secret`, {}, stranger.accessToken),
      post(`/v1/environments/${owner.environment.id}/api-keys`, { name: 'x' }, stranger.accessToken),
      get('/v1/environments/not-an-id', stranger.accessToken),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 404));
  });
});

describe('invitations', () => {
  it('are good once', async () => {
    const owner = await anOwner();
    const email = anEmail();
    const { body: invitation } = await post(
      '/v1/agents/invitations',
      { email, role: 'agent' },
      owner.accessToken,
    ).expect(201);
    const acceptance = { token: invitation.token, name: 'Minsu', password: PASSWORD };
    const answers = await Promise.all([1, 2].map(() => post('/v1/auth/invitations/accept', acceptance)));
    expect(answers.map(({ status }) => status).sort()[0]).toBe(201);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    await post('/v1/auth/invitations/accept', { ...acceptance, token: `${invitation.id}.forged` }).expect(
      404,
    );
    await post('/v1/agents/invitations', { email, role: 'agent' }, owner.accessToken).expect(409);
  });

  it('join an account that exists, proven by its password', async () => {
    const [owner, guest] = [await anOwner(), await anOwner()];
    const invite = { email: guest.email, role: 'viewer' };
    const { body: invitation } = await post('/v1/agents/invitations', invite, owner.accessToken).expect(201);
    const acceptance = { token: invitation.token, name: 'Guest', password: 'somebody else says' };
    await post('/v1/auth/invitations/accept', acceptance).expect(401);
    const { body } = await post('/v1/auth/invitations/accept', { ...acceptance, password: PASSWORD }).expect(
      201,
    );
    expect(body).toMatchObject({ organization: { id: owner.organization.id }, agent: { role: 'viewer' } });
  });

  it('can be listed without their tokens and taken back', async () => {
    const owner = await anOwner();
    const invite = { email: anEmail(), role: 'agent' };
    const { body: invitation } = await post('/v1/agents/invitations', invite, owner.accessToken).expect(201);
    const { body: open } = await get('/v1/agents/invitations', owner.accessToken).expect(200);
    expect(open.items).toEqual([{ ...invite, id: invitation.id, expiresAt: invitation.expiresAt }]);
    await remove(`/v1/agents/invitations/${invitation.id}`, owner.accessToken).expect(204);
    const acceptance = { token: invitation.token, name: 'Late', password: PASSWORD };
    expect((await post('/v1/auth/invitations/accept', acceptance).expect(404)).body.code).toBe(
      'invitation.not_found',
    );
  });
});

describe('passwords', () => {
  it('are reset once with the mailed token, which ends all sessions', async () => {
    const owner = await anOwner();
    await post('/v1/auth/password/forgot', { email: anEmail() }).expect(202);
    await post('/v1/auth/password/forgot', { email: owner.email }).expect(202);
    const token = await resetTokenFor(owner.email);
    const password = 'a new and better one';
    await post('/v1/auth/password/reset', { token, password }).expect(204);
    await post('/v1/auth/password/reset', { token, password }).expect(404);
    await post('/v1/auth/login', { email: owner.email, password: PASSWORD }).expect(401);
    await post('/v1/auth/login', { email: owner.email, password }).expect(200);
    await post('/v1/auth/refresh', { refreshToken: owner.refreshToken }).expect(401);
  });
});

async function resetTokenFor(email: string): Promise<string> {
  const resets = first.app.get(PasswordResetService, { strict: false });
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline) {
    for (const id of await resets.listForgottenIds(-60_000, 100)) {
      const mail = await resets.findUnmailed(id);
      if (mail?.email === email) return mail.token;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no reset was made');
}
