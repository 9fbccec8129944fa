import { expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { Attempt, Delivery } from './delivery.js';
import type { ClaimedDelivery, DeliveryRepository, Outcome } from './delivery.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LEASE_MS = 60_000;
const ATTEMPT: Attempt = { at: NOW, status: 200, error: null, durationMs: 5, response: 'ok' };

export function aDelivery(scope: EnvironmentScope, given: Partial<Delivery> = {}): Delivery {
  return {
    ...scope,
    id: newId(),
    webhookId: newId(),
    type: 'message.created',
    conversationId: newId(),
    userId: newId(),
    body: '{"type":"message.created"}',
    state: 'pending',
    due: NOW,
    order: 0,
    tries: 0,
    attempts: [],
    createdAt: NOW,
    ...given,
  };
}

function listed({ body: _, ...delivery }: Delivery): Omit<Delivery, 'body'> {
  return delivery;
}

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

/** What every DeliveryRepository does, the fake as well as the real one. */
export function describeDeliveryRepository(create: () => DeliveryRepository): void {
  const aScope = (): EnvironmentScope => ({ organizationId: newId(), environmentId: newId() });
  async function recorded(...deliveries: Delivery[]): Promise<DeliveryRepository> {
    const repository = create();
    await repository.record(deliveries);
    return repository;
  }
  const idsOf = (deliveries: readonly { id: string }[]) => deliveries.map(({ id }) => id);
  const outcome = ({ id, claim }: ClaimedDelivery, given: Partial<Outcome> = {}): Outcome => ({
    id,
    claim,
    attempt: ATTEMPT,
    state: 'delivered',
    due: null,
    ...given,
  });

  it('keeps what was recorded first, and each once', async () => {
    const scope = aScope();
    const first = aDelivery(scope);
    const second = aDelivery(scope, { webhookId: first.webhookId });
    const repository = await recorded(first);
    await repository.record([{ ...first, body: 'another' }, second]);
    await repository.record([]);
    expect(await repository.find(scope, first.webhookId, first.id)).toEqual(first);
    expect(await repository.find(scope, first.webhookId, second.id)).toEqual(second);
    expect(await repository.page(scope, first.webhookId, {}, { limit: 10 })).toHaveLength(2);
  });

  it('pages through those of a webhook, newest first', async () => {
    const scope = aScope();
    const webhookId = newId();
    const deliveries = [0, 1, 1, 2].map((at) => aDelivery(scope, { webhookId, createdAt: after(at) }));
    const repository = await recorded(...deliveries, aDelivery(scope));
    const newestFirst = [...deliveries].reverse();
    const [first, second] = await repository.page(scope, webhookId, {}, { limit: 2 });
    const rest = await repository.page(scope, webhookId, {}, { limit: 5, after: second });
    expect([first, second, ...rest]).toEqual(newestFirst.map(listed));
  });

  it('lists those in one state, or of one type', async () => {
    const scope = aScope();
    const webhookId = newId();
    const failed = aDelivery(scope, { webhookId, state: 'failed', due: null, type: 'user.created' });
    const pending = aDelivery(scope, { webhookId });
    const repository = await recorded(failed, pending);
    const list = async (filter: Parameters<DeliveryRepository['page']>[2]) =>
      idsOf(await repository.page(scope, webhookId, filter, { limit: 5 }));
    expect(await list({ state: 'failed' })).toEqual([failed.id]);
    expect(await list({ type: 'message.created' })).toEqual([pending.id]);
    expect(await list({ type: 'message.created', state: 'failed' })).toEqual([]);
  });

  it('shows nothing to another tenant or environment, and lets them replay nothing', async () => {
    const scope = aScope();
    const delivery = aDelivery(scope, { state: 'failed', due: null });
    const { id, webhookId } = delivery;
    const repository = await recorded(delivery);
    const other = aScope();
    const { organizationId, environmentId } = scope;
    for (const stranger of [other, { ...other, organizationId }, { ...other, environmentId }]) {
      expect(await repository.page(stranger, webhookId, {}, { limit: 5 })).toEqual([]);
      expect(await repository.find(stranger, webhookId, id)).toBeNull();
      expect(await repository.replay(stranger, webhookId, id, NOW)).toBeNull();
      await repository.eraseOfUser(stranger, delivery.userId!);
    }
    expect(await repository.find(scope, newId(), id)).toBeNull();
    expect(await repository.replay(scope, newId(), id, NOW)).toBeNull();
    expect(await repository.find(scope, webhookId, id)).toEqual(delivery);
  });

  it('hands out what is due, in order, to one worker at a time', async () => {
    const scope = aScope();
    const webhookId = newId();
    const [third, first, second] = [
      aDelivery(scope, { webhookId, due: after(-5), order: 2 }),
      aDelivery(scope, { webhookId, due: after(-9), order: 9 }),
      aDelivery(scope, { webhookId, due: after(-5), order: 1 }),
    ];
    const notYet = aDelivery(scope, { webhookId, due: after(1) });
    const repository = await recorded(third, first, second, notYet, aDelivery(scope));
    expect(await repository.hasDue(webhookId, NOW)).toBe(true);
    const claimed = await repository.claimDue(webhookId, NOW, LEASE_MS, 2);
    expect(claimed).toEqual([first, second].map((one) => ({ ...one, claim: claimed[0]!.claim })));
    const meanwhile = await Promise.all([1, 2].map(() => repository.claimDue(webhookId, NOW, LEASE_MS, 9)));
    expect(idsOf(meanwhile.flat())).toEqual([third.id]);
    expect(await repository.hasDue(webhookId, NOW)).toBe(false);
  });

  it('hands out again what nobody finished', async () => {
    const delivery = aDelivery(aScope());
    const repository = await recorded(delivery);
    await repository.claimDue(delivery.webhookId, NOW, LEASE_MS, 9);
    const again = await repository.claimDue(delivery.webhookId, after(LEASE_MS), LEASE_MS, 9);
    expect(idsOf(again)).toEqual([delivery.id]);
  });

  it('gives back what was not tried', async () => {
    const delivery = aDelivery(aScope());
    const repository = await recorded(delivery);
    await repository.release(await repository.claimDue(delivery.webhookId, NOW, LEASE_MS, 9));
    await repository.release([]);
    expect(idsOf(await repository.claimDue(delivery.webhookId, NOW, LEASE_MS, 9))).toEqual([delivery.id]);
  });

  it('notes what came of a try', async () => {
    const scope = aScope();
    const webhookId = newId();
    const [arrived, failed] = [
      aDelivery(scope, { webhookId, order: 1 }),
      aDelivery(scope, { webhookId, order: 2 }),
    ];
    const repository = await recorded(arrived, failed);
    const [one, two] = await repository.claimDue(webhookId, NOW, LEASE_MS, 9);
    const attempt = { at: NOW, status: 500, error: 'status', durationMs: 7, response: null };
    await repository.finish([outcome(one!), outcome(two!, { attempt, state: 'pending', due: after(5_000) })]);
    await repository.finish([]);
    expect(await repository.find(scope, webhookId, arrived.id)).toEqual({
      ...arrived,
      state: 'delivered',
      due: null,
      tries: 1,
      attempts: [ATTEMPT],
    });
    expect(await repository.find(scope, webhookId, failed.id)).toEqual({
      ...failed,
      due: after(5_000),
      tries: 1,
      attempts: [attempt],
    });
  });

  it('keeps the newest 20 tries', async () => {
    const scope = aScope();
    const delivery = aDelivery(scope);
    const repository = await recorded(delivery);
    for (let number = 1; number <= 22; number++) {
      const [claimed] = await repository.claimDue(delivery.webhookId, NOW, LEASE_MS, 1);
      const attempt = { ...ATTEMPT, durationMs: number };
      await repository.finish([outcome(claimed!, { attempt, state: 'pending', due: NOW })]);
    }
    const { attempts, tries } = (await repository.find(scope, delivery.webhookId, delivery.id))!;
    expect(attempts.map(({ durationMs }) => durationMs)).toEqual(Array.from({ length: 20 }, (_, i) => i + 3));
    expect(tries).toBe(22);
  });

  it('replays: as if never tried, and whatever a try from before says', async () => {
    const scope = aScope();
    const delivery = aDelivery(scope);
    const { id, webhookId } = delivery;
    const repository = await recorded(delivery);
    const [before] = await repository.claimDue(webhookId, NOW, LEASE_MS, 1);
    expect(await repository.replay(scope, webhookId, id, after(1))).toEqual(
      listed({ ...delivery, due: after(1) }),
    );
    await repository.finish([outcome(before!, { state: 'failed' })]);
    expect(idsOf(await repository.claimDue(webhookId, after(1), LEASE_MS, 1))).toEqual([id]);
    expect(await repository.replay(scope, webhookId, newId(), NOW)).toBeNull();
  });

  it('ends what waits for a webhook, but for what arrives in that moment', async () => {
    const scope = aScope();
    const webhookId = newId();
    const deliveries = [1, 2, 3].map((order) => aDelivery(scope, { webhookId, order }));
    const bystander = aDelivery(scope);
    const repository = await recorded(...deliveries, bystander);
    const [one, two] = await repository.claimDue(webhookId, NOW, LEASE_MS, 2);
    await repository.failPending(webhookId);
    await repository.finish([outcome(one!), outcome(two!, { state: 'pending', due: after(9) })]);
    const states = await repository.page(scope, webhookId, {}, { limit: 9 });
    const byId = new Map(states.map(({ id, state, due }) => [id, { state, due }]));
    expect(deliveries.map(({ id }) => byId.get(id))).toEqual([
      { state: 'delivered', due: null },
      { state: 'failed', due: null },
      { state: 'failed', due: null },
    ]);
    expect(await repository.hasDue(bystander.webhookId, NOW)).toBe(true);
  });

  it('names the webhooks at which something is due, one after another', async () => {
    const scope = aScope();
    const [a, b, c] = [newId(), newId(), newId()].sort();
    const at = (webhookId: string, given: Partial<Delivery> = {}) =>
      aDelivery(scope, { webhookId, ...given });
    const later = after(LEASE_MS);
    const repository = await recorded(at(a!), at(a!), at(b!, { due: later }), at(c!), at(c!, { due: later }));
    const named = async (afterId: string | null, limit: number) => {
      const ids = await repository.listDueWebhooks(NOW, afterId, limit);
      return ids.filter((id) => [a, b, c].includes(id));
    };
    // Others of the same store come before them.
    expect(await named(null, 100_000)).toEqual([a, c]);
    expect(await named(a!, 100_000)).toEqual([c]);
    expect(await repository.listDueWebhooks(NOW, null, 1)).toHaveLength(1);
  });

  it('forgets what is of a user', async () => {
    const scope = aScope();
    const delivery = aDelivery(scope);
    const { webhookId, userId } = delivery;
    const other = aDelivery(scope, { webhookId });
    const repository = await recorded(delivery, other, aDelivery(scope, { webhookId, userId: null }));
    await repository.eraseOfUser(scope, userId!);
    expect(await repository.find(scope, webhookId, delivery.id)).toBeNull();
    expect(await repository.page(scope, webhookId, {}, { limit: 9 })).toHaveLength(2);
  });
}
