import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { Webhook } from './webhook.js';
import type { WebhookRepository } from './webhook.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LATER = new Date('2026-11-21T12:00:00.000Z');

export interface WebhookSurroundings {
  webhooks: WebhookRepository;
  aScope: () => Promise<EnvironmentScope>;
}

export function aWebhook(scope: EnvironmentScope, given: Partial<Webhook> = {}): Webhook {
  return {
    ...scope,
    id: newId(),
    name: 'Order system',
    url: 'https://shop.example/hooks',
    description: null,
    events: [],
    includesNotes: false,
    isBot: false,
    secret: randomBytes(60),
    previousSecrets: null,
    previousSecretUntil: null,
    status: 'enabled',
    disabledReason: null,
    failingSince: null,
    noticePending: false,
    createdAt: NOW,
    ...given,
  };
}

/** What every WebhookRepository does, the fake as well as the real one. */
export function describeWebhookRepository(create: () => WebhookSurroundings): void {
  async function aStored(scope: EnvironmentScope, given: Partial<Webhook> = {}): Promise<Webhook> {
    const webhook = aWebhook(scope, given);
    await create().webhooks.insert(webhook);
    return webhook;
  }

  it('gives back what was stored', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const plain = await aStored(scope);
    const full = await aStored(scope, {
      description: 'Tells the shop',
      events: ['message.created', 'user.erased'],
      includesNotes: true,
      isBot: true,
      previousSecrets: randomBytes(60),
      previousSecretUntil: LATER,
      status: 'disabled',
      disabledReason: 'failing',
      failingSince: NOW,
      noticePending: true,
    });
    for (const webhook of [plain, full]) {
      expect(await webhooks.find(scope, webhook.id)).toEqual(webhook);
      expect(await webhooks.findAny(webhook.id)).toEqual(webhook);
    }
    expect(await webhooks.count(scope)).toBe(2);
    expect(await webhooks.findAny(newId())).toBeNull();
  });

  it('pages through an environment’s own, oldest first', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const stored = [await aStored(scope), await aStored(scope), await aStored(scope)];
    const first = await webhooks.page(scope, null, 2);
    const rest = await webhooks.page(scope, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(stored);
  });

  it('changes what it is told to change', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const webhook = await aStored(scope, { status: 'disabled', disabledReason: 'manual' });
    const changes = { status: 'enabled', disabledReason: null, url: 'https://shop.example/new' } as const;
    expect(await webhooks.update(scope, webhook.id, changes)).toEqual({ ...webhook, ...changes });
    expect(await webhooks.update(scope, webhook.id, {})).toEqual({ ...webhook, ...changes });
    expect(await webhooks.update(scope, newId(), changes)).toBeNull();
  });

  it('shows nothing to another tenant or environment, and lets them change nothing', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const webhook = await aStored(scope);
    const other = await aScope();
    const { organizationId, environmentId } = scope;
    for (const stranger of [other, { ...other, organizationId }, { ...other, environmentId }]) {
      expect(await webhooks.page(stranger, null, 10)).toEqual([]);
      expect(await webhooks.count(stranger)).toBe(0);
      expect(await webhooks.find(stranger, webhook.id)).toBeNull();
      expect(await webhooks.update(stranger, webhook.id, { name: 'Mine' })).toBeNull();
      expect(await webhooks.remove(stranger, webhook.id)).toBe(false);
    }
    expect(await webhooks.listEnabled(other.environmentId)).toEqual([]);
    expect(await webhooks.find(scope, webhook.id)).toEqual(webhook);
  });

  it('removes one once', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const { id } = await aStored(scope);
    expect(await webhooks.remove(scope, id)).toBe(true);
    expect(await webhooks.remove(scope, id)).toBe(false);
    expect(await webhooks.find(scope, id)).toBeNull();
  });

  it('lists the enabled ones of an environment', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const enabled = await aStored(scope);
    await aStored(scope, { status: 'disabled', disabledReason: 'manual' });
    expect(await webhooks.listEnabled(scope.environmentId)).toEqual([enabled]);
  });

  it('remembers the first failure until something arrives', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const { id } = await aStored(scope);
    const failingSince = async () => (await webhooks.findAny(id))?.failingSince;
    await webhooks.noteFailing(id, NOW);
    await webhooks.noteFailing(id, LATER);
    expect(await failingSince()).toEqual(NOW);
    await webhooks.noteFailing(id, null);
    expect(await failingSince()).toBeNull();
  });

  it('is disabled by one of two who try at once', async () => {
    const { webhooks, aScope } = create();
    const scope = await aScope();
    const webhook = await aStored(scope);
    const answers = await Promise.all([1, 2].map(() => webhooks.disable(webhook.id, 'gone')));
    const disabled = { ...webhook, status: 'disabled', disabledReason: 'gone', noticePending: true };
    expect(answers.filter((answer) => answer !== null)).toEqual([disabled]);
    expect(await webhooks.find(scope, webhook.id)).toEqual(disabled);
  });

  it('is told of once when it was disabled', async () => {
    const { webhooks, aScope } = create();
    const { id, organizationId } = await aStored(await aScope());
    const unnoticed = async () => (await webhooks.listUnnoticed(1_000)).filter((one) => one.id === id);
    expect(await unnoticed()).toEqual([]);
    await webhooks.disable(id, 'failing');
    expect(await unnoticed()).toEqual([{ id, organizationId }]);
    await webhooks.markNoticed(id);
    expect(await unnoticed()).toEqual([]);
  });
}
