import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { BootView, UserView } from '../../src/contracts/users.js';
import { startCluster, type Cluster } from '../support/app.js';
import {
  asAgent,
  asPartner,
  asUser,
  boot,
  call,
  connect,
  must,
  next,
  register,
  startConversation,
  type Client,
} from '../support/people.js';
import { until } from '../support/waiting.js';

const NOBODY = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';

describe('users, over two nodes', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let owner: RegistrationView;
  let stranger: RegistrationView;
  let pluginKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    owner = await register(here);
    stranger = await register(here, 'Other');
    pluginKey = owner.environment.pluginKey;
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(() => cluster.stop());

  const open = async (url: string, auth: Parameters<typeof connect>[1]) => {
    const client = await connect(url, auth);
    clients.push(client);
    return client;
  };
  const openUser = (url: string, { userToken }: BootView) => open(url, { pluginKey, userToken });
  const openAgent = (url: string, { accessToken } = owner) => open(url, { token: accessToken });
  /** On every node at the latest when its memory of five seconds ends. */
  const isRefusedSoon = async (visitor: BootView) => {
    await until(() => request(here).get('/v1/users/me').set(asUser(pluginKey, visitor)).expect(401));
  };
  const aPartner = async () => {
    const path = `/v1/environments/${owner.environment.id}/api-keys`;
    const made = await request(here).post(path).set(asAgent(owner)).send({ name: 'server' }).expect(201);
    return asPartner(made.body as { apiKey: string; apiSecret: string });
  };

  it('lets the user change its profile, and tells the agents and its other devices on every node', async () => {
    const visitor = await boot(here, pluginKey, { language: 'ko' });
    const agent = await openAgent(there);
    const device = await openUser(there, visitor);
    const told = [agent, device].map((client) =>
      next(client, 'user:updated', ({ user }) => user.id === visitor.user.id),
    );
    const body = { profile: { name: '김민지', plan: 'pro' } };
    const answer = await request(here)
      .patch('/v1/users/me')
      .set(asUser(pluginKey, visitor))
      .send(body)
      .expect(200);
    for (const { user } of await Promise.all(told)) expect(user.profile).toMatchObject(body.profile);
    expect((answer.body as UserView).profile).toEqual({
      name: '김민지',
      email: null,
      phone: null,
      avatarUrl: null,
      plan: 'pro',
    });
    const found = await request(there)
      .get('/v1/users')
      .query({ query: '민지' })
      .set(asAgent(owner))
      .expect(200);
    expect(found.body).toMatchObject({ items: [{ id: visitor.user.id }], nextCursor: null });
  });

  it('lets a user neither tag itself nor become somebody', async () => {
    const visitor = await boot(here, pluginKey);
    for (const body of [
      { tags: ['vip'] },
      { memberId: 'kim' },
      { identity: 'verified' },
      { profile: { name: { $gt: '' } } },
    ]) {
      const answer = await request(here)
        .patch('/v1/users/me')
        .set(asUser(pluginKey, visitor))
        .send(body)
        .expect(400);
      expect(answer.body).toMatchObject({ code: 'common.validation_failed' });
    }
  });

  it('takes the word of a partner for proof, once however often it is said', async () => {
    const partner = await aPartner();
    const put = () =>
      request(here)
        .put('/v1/users/by-member/kim%2F1')
        .set(partner)
        .send({ profile: { name: 'Kim' }, tags: ['vip'] });
    const [first, second] = await Promise.all([put(), put()]);
    expect(first.body).toMatchObject({ memberId: 'kim/1', identity: 'verified', tags: ['vip'] });
    expect((second.body as UserView).id).toBe((first.body as UserView).id);
  });

  it('keeps a claim away from the proven user', async () => {
    const secretPath = `/v1/environments/${owner.environment.id}/identity-secret`;
    const rotated = (await request(here).post(secretPath).set(asAgent(owner))).body as {
      identitySecret: string;
    };
    const secret = Buffer.from(rotated.identitySecret, 'hex');
    const memberHash = createHmac('sha256', secret).update('lee').digest('hex');
    const proven = await boot(here, pluginKey, { memberId: 'lee', memberHash, profile: { name: 'Lee' } });
    expect(proven.user.identity).toBe('verified');
    await request(here)
      .patch(`/v1/environments/${owner.environment.id}`)
      .set(asAgent(owner))
      .send({ identityVerification: 'off' })
      .expect(200);
    const claimed = await boot(there, pluginKey, { memberId: 'lee', profile: { name: 'Mallory' } });
    expect(claimed.user.identity).toBe('claimed');
    expect(claimed.user.id).not.toBe(proven.user.id);
    const self = await request(here).get('/v1/users/me').set(asUser(pluginKey, proven)).expect(200);
    expect((self.body as UserView).profile.name).toBe('Lee');
  });

  it('ends the sockets of the visitor who has become a member, and takes the old token no more', async () => {
    const visitor = await boot(here, pluginKey);
    const socket = await openUser(there, visitor);
    const ended = next(socket, 'session:ended');
    const { visitorToken } = visitor;
    const member = await boot(here, pluginKey, { memberId: `member-${visitor.user.id}`, visitorToken });
    expect(member.user.id).toBe(visitor.user.id);
    await ended;
    await isRefusedSoon(visitor);
    await request(here).get('/v1/users/me').set(asUser(pluginKey, member)).expect(200);
  });

  it('exports all of a user, and erases it everywhere with one receipt', async () => {
    const visitor = await boot(here, pluginKey);
    const socket = await openUser(there, visitor);
    const ended = next(socket, 'session:ended');
    await startConversation(socket, '비밀이에요');
    const path = `/v1/users/${visitor.user.id}`;
    const exported = await request(here)
      .get(`${path}/export`)
      .set(asAgent(owner))
      .buffer(true)
      .parse(asText)
      .expect(200);
    const lines = (exported.body as string)
      .trim()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line) as object)[0]);
    expect(lines).toEqual(['user', 'conversation', 'message']);
    const receipt = await request(here).delete(path).set(asAgent(owner)).expect(200);
    expect(receipt.body).toMatchObject({
      userId: visitor.user.id,
      erased: { conversations: 1, messages: 1 },
    });
    await ended;
    await request(here).get(path).set(asAgent(owner)).expect(404);
    await isRefusedSoon(visitor);
    expect((await request(there).delete(path).set(asAgent(owner))).body).toEqual(receipt.body);
  });

  it('shows another tenant nothing, by no route', async () => {
    const { user } = await boot(here, pluginKey, { profile: { name: 'Hidden' } });
    const path = `/v1/users/${user.id}`;
    const them = asAgent(stranger);
    const answers = await Promise.all([
      request(here).get(path).set(them),
      request(here)
        .patch(path)
        .set(them)
        .send({ tags: ['mine'] }),
      request(here).delete(path).set(them),
      request(here).get(`${path}/export`).set(them),
    ]);
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([404, expect.objectContaining({ code: 'user.not_found' })]);
    }
    const byMember = `/v1/users/by-member/kim?environmentId=${owner.environment.id}`;
    const upserted = await request(here).put(byMember).set(them).send({}).expect(404);
    expect(upserted.body).toMatchObject({ code: 'environment.not_found' });
    const listed = await request(here)
      .get('/v1/users')
      .query({ environmentId: owner.environment.id })
      .set(them);
    expect(listed.body).toEqual({ items: [], nextCursor: null });
  });

  it('tells those who look who comes, on another node too', async () => {
    const visitor = await boot(here, pluginKey);
    const principal = { type: 'user', id: visitor.user.id } as const;
    const agent = await openAgent(here);
    const { states } = await must(agent, 'presence:watch', { principals: [principal] });
    expect(states).toMatchObject([{ principal, status: 'offline' }]);
    const comes = next(agent, 'presence', (state) => state.principal.id === principal.id);
    await openUser(there, visitor);
    expect(await comes).toMatchObject({ principal, status: 'online' });
    const read = await request(here).get(`/v1/users/${principal.id}`).set(asAgent(owner)).expect(200);
    expect(read.body).toMatchObject({ presence: 'online' });
    expect((read.body as UserView).lastSeenAt).not.toBeNull();
  });

  it('lets a user look at agents, never at users, and nobody at another tenant', async () => {
    const visitor = await boot(here, pluginKey);
    const other = await boot(here, pluginKey);
    const principals = [
      { type: 'agent', id: owner.agent.id },
      { type: 'agent', id: stranger.agent.id },
      { type: 'user', id: other.user.id },
      { type: 'user', id: NOBODY },
    ];
    const seenBy = async (client: Client) => {
      const { states } = await must(client, 'presence:watch', { principals });
      return states.map((state) => state.principal);
    };
    expect(await seenBy(await openUser(here, visitor))).toEqual([principals[0]]);
    expect(await seenBy(await openAgent(here))).toEqual([principals[0], principals[2]]);
    expect(await seenBy(await openAgent(here, stranger))).toEqual([principals[1]]);
  });

  it('refuses to watch what is not a list of at most a hundred principals', async () => {
    const agent = await openAgent(here);
    const many = Array.from({ length: 101 }, () => ({ type: 'user', id: NOBODY }));
    for (const body of [
      {},
      { principals: 'all' },
      { principals: many },
      { principals: [{ type: 'partner', id: 'x' }] },
      null,
    ]) {
      expect(await call(agent, 'presence:watch', body)).toMatchObject({
        ok: false,
        error: { code: 'common.validation_failed' },
      });
    }
  });
});

/** Superagent knows no NDJSON. */
function asText(response: Response, done: (error: Error | null, body: unknown) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => (text += part));
  response.on('end', () => done(null, text));
}
