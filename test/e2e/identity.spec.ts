import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { startCluster, type Cluster } from '../support/app.js';
import { asAgent, asPartner, asUser, register } from '../support/people.js';

let cluster: Cluster;
let url: string;
let owner: RegistrationView;

beforeAll(async () => {
  cluster = await startCluster(1, { LIMIT_SIGN_INS_PER_MINUTE: '10000', LIMIT_BOOTS_PER_MINUTE: '10000' });
  url = cluster.nodes[0]?.url ?? '';
}, 60_000);

afterAll(() => cluster.stop());

const boot = (body: object, pluginKey = owner.environment.pluginKey) =>
  request(url).post('/v1/widget/boot').set('x-plugin-key', pluginKey).send(body);
const setEnvironment = (body: object) =>
  request(url).patch(`/v1/environments/${owner.environment.id}`).set(asAgent(owner)).send(body).expect(200);

async function withSecret(): Promise<Buffer> {
  owner = await register(url);
  const path = `/v1/environments/${owner.environment.id}/identity-secret`;
  const { body } = await request(url).post(path).set(asAgent(owner)).expect(200);
  expect(body.identitySecret).toMatch(/^[0-9a-f]{64}$/);
  return Buffer.from(body.identitySecret, 'hex');
}

function hashOf(memberId: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(memberId).digest('hex');
}

describe('widget boot', () => {
  it('makes an anonymous user, and finds it again by the visitor token', async () => {
    owner = await register(url);
    const { body: first } = await boot({ language: 'ko', profile: { name: '민지', plan: 'pro' } }).expect(
      200,
    );
    expect(first).toMatchObject({
      user: { identity: 'anonymous', memberId: null, language: 'ko', profile: { name: '민지', plan: 'pro' } },
      environment: { id: owner.environment.id, settings: { position: 'right' }, online: expect.any(Boolean) },
      unread: 0,
    });
    const { body: again } = await boot({ visitorToken: first.visitorToken }).expect(200);
    expect(again.user.id).toBe(first.user.id);
    const headers = asUser(owner.environment.pluginKey, again);
    const me = await request(url).get('/v1/users/me').set(headers).expect(200);
    expect(me.body.id).toBe(first.user.id);
  });

  it('keeps who claims to be a member apart from who has proven it', async () => {
    const secret = await withSecret();
    const { body: claimed } = await boot({ memberId: 'kim', profile: { name: 'Mallory' } }).expect(200);
    const memberHash = hashOf('kim', secret);
    const { body: verified } = await boot({ memberId: 'kim', memberHash, profile: { name: 'Kim' } }).expect(
      200,
    );
    expect([claimed.user.identity, verified.user.identity]).toEqual(['claimed', 'verified']);
    expect(verified.user.id).not.toBe(claimed.user.id);
    const { body: later } = await boot({ memberId: 'kim', visitorToken: claimed.visitorToken }).expect(200);
    expect(later.user).toMatchObject({ id: claimed.user.id, profile: { name: 'Mallory' } });
  });

  it('takes tokens as proof, short-lived ones only', async () => {
    const secret = await withSecret();
    const tokenOf = (claims: object, key = secret) =>
      jwt.sign({ memberId: 'lee', ...claims }, key, { algorithm: 'HS256' });
    const exp = Math.floor(Date.now() / 1000) + 300;
    const { body } = await boot({ memberToken: tokenOf({ exp }) }).expect(200);
    expect(body.user).toMatchObject({ memberId: 'lee', identity: 'verified' });
    const wrong = [
      { memberToken: tokenOf({}) },
      { memberToken: tokenOf({ exp: exp + 3600 }) },
      { memberToken: tokenOf({ exp: exp - 400 }) },
      { memberToken: tokenOf({ exp }, Buffer.alloc(32)) },
      { memberToken: tokenOf({ exp }), memberId: 'somebody-else' },
      { memberId: 'lee', memberHash: hashOf('kim', secret) },
      { memberId: 'lee', memberHash: 'x' },
      { memberHash: hashOf('lee', secret) },
    ];
    const answers = await Promise.all(wrong.map((claim) => boot(claim)));
    expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual(
      wrong.map(() => [401, 'auth.identity_proof_required']),
    );
  });

  it('refuses an unproven member where proof is required, but no visitor', async () => {
    await withSecret();
    await setEnvironment({ identityVerification: 'required' });
    expect((await boot({ memberId: 'kim' }).expect(401)).body.code).toBe('auth.identity_proof_required');
    await boot({}).expect(200);
  });

  it('turns an anonymous visitor into the member, after which its old tokens open nothing', async () => {
    const secret = await withSecret();
    const { body: visitor } = await boot({}).expect(200);
    const proof = {
      memberId: 'choi',
      memberHash: hashOf('choi', secret),
      visitorToken: visitor.visitorToken,
    };
    const { body: member } = await boot(proof).expect(200);
    expect(member.user).toMatchObject({ id: visitor.user.id, identity: 'verified' });
    const { body: thief } = await boot({ visitorToken: visitor.visitorToken }).expect(200);
    expect(thief.user).toMatchObject({ identity: 'anonymous' });
    expect(thief.user.id).not.toBe(member.user.id);
    const headers = asUser(owner.environment.pluginKey, visitor);
    await request(url).get('/v1/users/me').set(headers).expect(401);
  });

  it('answers allowed sites only, and knows the key of its own environment only', async () => {
    owner = await register(url);
    const stranger = await register(url);
    await setEnvironment({ allowedOrigins: ['https://shop.example/'] });
    await boot({}).set('origin', 'https://shop.example').expect(200);
    await boot({}).set('x-parent-origin', 'https://shop.example').expect(200);
    const refused = await boot({}).set('x-parent-origin', 'https://evil.example').expect(403);
    expect(refused.body.code).toBe('auth.origin_not_allowed');
    await boot({}).set('origin', 'https://evil.example').expect(403);
    const { body } = await boot({}).expect(200);
    const crossed = asUser(stranger.environment.pluginKey, body);
    await request(url).get('/v1/users/me').set(crossed).expect(401);
    await boot({}, 'pk_unknown').expect(401);
    await boot({ memberId: { $ne: '' } }).expect(400);
    await boot({ profile: { name: 5 } }).expect(400);
  });

  it('stops answering to a plugin key that was replaced', async () => {
    owner = await register(url);
    const path = `/v1/environments/${owner.environment.id}/plugin-key`;
    const { body } = await request(url).post(path).set(asAgent(owner)).expect(200);
    await boot({}).expect(401);
    await boot({}, body.pluginKey).expect(200);
  });
});

describe('API keys', () => {
  it('open their environment until they are revoked, as far as their scopes go', async () => {
    owner = await register(url);
    const path = `/v1/environments/${owner.environment.id}/api-keys`;
    const { body: key } = await request(url)
      .post(path)
      .set(asAgent(owner))
      .send({ name: 'Shop', scopes: ['users:read'] })
      .expect(201);
    expect(key.apiSecret).toMatch(/^sk_/);
    await request(url).get('/v1/users').set(asPartner(key)).expect(200);
    await request(url).put('/v1/users/by-member/kim').set(asPartner(key)).send({}).expect(403);
    await request(url).get('/v1/environments').set(asPartner(key)).expect(403);
    await request(url)
      .get('/v1/users')
      .set(asPartner({ ...key, apiSecret: 'sk_wrong' }))
      .expect(401);
    const list = await request(url).get(path).set(asAgent(owner)).expect(200);
    expect(JSON.stringify(list.body)).not.toContain(key.apiSecret);
    await request(url).delete(`${path}/${key.id}`).set(asAgent(owner)).expect(204);
    await request(url).get('/v1/users').set(asPartner(key)).expect(401);
  });

  it('refuse unknown scopes and a past expiry', async () => {
    owner = await register(url);
    const path = `/v1/environments/${owner.environment.id}/api-keys`;
    const make = (body: object) =>
      request(url)
        .post(path)
        .set(asAgent(owner))
        .send({ name: 'x', ...body });
    await make({ scopes: ['everything'] }).expect(400);
    await make({ expiresAt: '2020-01-01T00:00:00Z' }).expect(400);
    await make({ expiresAt: 'soon' }).expect(400);
  });
});

describe('environments', () => {
  it('are made, changed piece by piece and removed, but for the last', async () => {
    owner = await register(url);
    const first = `/v1/environments/${owner.environment.id}`;
    await request(url).delete(first).set(asAgent(owner)).expect(409);
    const made = await request(url)
      .post('/v1/environments')
      .set(asAgent(owner))
      .send({ name: 'staging' })
      .expect(201);
    const { body } = await setEnvironment({
      settings: { widget: { color: '#000000', greeting: { ko: '어서 오세요' } } },
    });
    expect(body.settings.widget).toMatchObject({
      color: '#000000',
      title: 'Acme',
      greeting: { ko: '어서 오세요', en: expect.any(String) },
    });
    await request(url)
      .patch(first)
      .set(asAgent(owner))
      .send({ allowedOrigins: ['shop.example'] })
      .expect(400);
    await request(url)
      .patch(first)
      .set(asAgent(owner))
      .send({ settings: { widget: { color: null } } })
      .expect(400);
    await request(url).delete(first).set(asAgent(owner)).expect(204);
    await boot({}).expect(401);
    await request(url).get(first).set(asAgent(owner)).expect(404);
    await request(url).delete(`/v1/environments/${made.body.id}`).set(asAgent(owner)).expect(409);
  });
});
