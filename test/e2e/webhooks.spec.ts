import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { CreatedWebhookView, WebhookView } from '../../src/contracts/webhooks.js';
import { startCluster, type Cluster } from '../support/app.js';
import { asAgent, register } from '../support/people.js';

const URL = 'https://shop.example/hooks';

describe('webhooks, to be managed', () => {
  let cluster: Cluster;
  let url: string;
  let owner: RegistrationView;
  let path: string;

  beforeAll(async () => {
    cluster = await startCluster(1);
    url = cluster.nodes[0]!.url;
    owner = await register(url);
    path = `/v1/environments/${owner.environment.id}/webhooks`;
  });

  afterAll(() => cluster.stop());

  const send = (method: 'get' | 'post' | 'patch' | 'delete', to: string, body?: object) =>
    request(url)[method](to).set(asAgent(owner)).send(body);
  const make = async (body: object = {}): Promise<CreatedWebhookView> =>
    (await send('post', path, { url: URL, ...body }).expect(201)).body as CreatedWebhookView;

  it('shows the secret once', async () => {
    const { secret, ...view } = await make({ events: ['message.created'] });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(view).toEqual({
      id: expect.any(String),
      environmentId: owner.environment.id,
      name: 'shop.example',
      url: URL,
      description: null,
      events: ['message.created'],
      isBot: false,
      includesNotes: false,
      status: 'enabled',
      disabledReason: null,
      failingSince: null,
      previousSecretUntil: null,
      createdAt: expect.any(String),
    });
    const one = await send('get', `${path}/${view.id}`).expect(200);
    expect(one.body).toEqual(view);
    const { body } = await send('get', path).expect(200);
    expect((body as { items: WebhookView[] }).items).toContainEqual(view);
  });

  it('makes another secret, and keeps the one before for a day', async () => {
    const { id, secret } = await make();
    const turned = await send('post', `${path}/${id}/secret`).expect(200);
    expect((turned.body as { secret: string }).secret).not.toBe(secret);
    const { previousSecretUntil } = (await send('get', `${path}/${id}`).expect(200)).body as WebhookView;
    const hours = (Date.parse(previousSecretUntil!) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('changes only what is named', async () => {
    const { id, secret: _, ...made } = await make({ name: 'Orders', description: 'x', includesNotes: true });
    const changed = await send('patch', `${path}/${id}`, { description: null, isBot: true }).expect(200);
    expect(changed.body).toEqual({ ...made, id, description: null, isBot: true });
    const off = await send('patch', `${path}/${id}`, { status: 'disabled' }).expect(200);
    expect(off.body).toMatchObject({ status: 'disabled', disabledReason: 'manual' });
    const on = await send('patch', `${path}/${id}`, { status: 'enabled' }).expect(200);
    expect(on.body).toMatchObject({ status: 'enabled', disabledReason: null });
  });

  it('is gone once removed', async () => {
    const { id } = await make();
    await send('delete', `${path}/${id}`).expect(204);
    for (const method of ['get', 'delete'] as const) {
      const { body } = await send(method, `${path}/${id}`).expect(404);
      expect(body).toMatchObject({ code: 'webhook.not_found' });
    }
  });

  it.each([
    'http://shop.example/',
    'https://10.0.0.1/',
    'https://localhost/',
    'https://a:b@shop.example/',
    'x',
  ])('refuses %s', async (address) => {
    const { body } = await send('post', path, { url: address }).expect(400);
    expect(body).toMatchObject({ code: 'webhook.url_refused', details: [{ path: 'url' }] });
    const { id } = await make();
    await send('patch', `${path}/${id}`, { url: address }).expect(400);
  });

  it('has at most 20 in an environment, however many are made at once', async () => {
    const other = await send('post', '/v1/environments', { name: 'busy' }).expect(201);
    const there = `/v1/environments/${(other.body as { id: string }).id}/webhooks`;
    const answers = await Promise.all(Array.from({ length: 24 }, () => send('post', there, { url: URL })));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(
      Array.from({ length: 4 }, () => [409, 'webhook.too_many']),
    );
  });
});
