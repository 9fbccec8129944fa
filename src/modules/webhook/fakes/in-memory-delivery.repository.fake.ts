import type { EnvironmentScope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import { KEPT_ATTEMPTS, type Delivery } from '../delivery.js';
import {
  DeliveryRepository,
  type ClaimedDelivery,
  type DeliveryCursor,
  type DeliveryFilter,
  type ListedDelivery,
  type Outcome,
} from '../delivery.repository.js';

type Stored = Delivery & { claim?: string };

export class InMemoryDeliveryRepository extends DeliveryRepository {
  private readonly stored = new Map<string, Stored>();

  async record(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries)
      if (!this.stored.has(delivery.id)) this.stored.set(delivery.id, structuredClone(delivery));
  }

  async page(
    scope: EnvironmentScope,
    webhookId: string,
    { state, type }: DeliveryFilter,
    { limit, after }: { limit: number; after?: DeliveryCursor },
  ): Promise<ListedDelivery[]> {
    return this.of(scope, webhookId)
      .filter((one) => (state ?? one.state) === one.state && (type ?? one.type) === one.type)
      .sort((a, b) => compare(b, a))
      .filter((one) => after === undefined || compare(one, after) < 0)
      .slice(0, limit)
      .map(listed);
  }

  async find(scope: EnvironmentScope, webhookId: string, id: string): Promise<Delivery | null> {
    const found = this.of(scope, webhookId).find((one) => one.id === id);
    return found ? plain(found) : null;
  }

  async replay(
    scope: EnvironmentScope,
    webhookId: string,
    id: string,
    now: Date,
  ): Promise<ListedDelivery | null> {
    const found = this.of(scope, webhookId).find((one) => one.id === id);
    if (!found) return null;
    Object.assign(found, { state: 'pending', due: now, tries: 0, claim: undefined });
    return listed(found);
  }

  async claimDue(webhookId: string, now: Date, leaseMs: number, limit: number): Promise<ClaimedDelivery[]> {
    const claim = newId();
    const due = this.due(webhookId, now).slice(0, limit);
    const claimed = due.map((one) => ({ ...plain(one), claim }));
    for (const one of due) Object.assign(one, { claim, due: new Date(now.getTime() + leaseMs) });
    return claimed;
  }

  async hasDue(webhookId: string, now: Date): Promise<boolean> {
    return this.due(webhookId, now).length > 0;
  }

  async finish(outcomes: readonly Outcome[]): Promise<void> {
    for (const { id, claim, attempt, state, due } of outcomes) {
      const found = this.stored.get(id);
      if (found?.claim !== claim || (state !== 'delivered' && found.state !== 'pending')) continue;
      const attempts = [...found.attempts, attempt].slice(-KEPT_ATTEMPTS);
      Object.assign(found, { state, due, attempts, tries: found.tries + 1 });
    }
  }

  async release(claimed: readonly ClaimedDelivery[]): Promise<void> {
    for (const { id, claim, due } of claimed) {
      const found = this.stored.get(id);
      if (found?.claim === claim && found.state === 'pending') found.due = due;
    }
  }

  async failPending(webhookId: string): Promise<void> {
    for (const one of this.stored.values())
      if (one.webhookId === webhookId && one.state === 'pending')
        Object.assign(one, { state: 'failed', due: null });
  }

  async listDueWebhooks(now: Date, afterId: string | null, limit: number): Promise<string[]> {
    const ids = [...this.stored.values()].filter((one) => isDue(one, now)).map((one) => one.webhookId);
    return [...new Set(ids)]
      .filter((id) => id > (afterId ?? ''))
      .sort()
      .slice(0, limit);
  }

  async eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    for (const one of this.stored.values())
      if (isWithin(scope, one) && one.userId === userId) this.stored.delete(one.id);
  }

  private of(scope: EnvironmentScope, webhookId: string): Stored[] {
    return [...this.stored.values()].filter((one) => isWithin(scope, one) && one.webhookId === webhookId);
  }

  private due(webhookId: string, now: Date): Stored[] {
    return [...this.stored.values()]
      .filter((one) => one.webhookId === webhookId && isDue(one, now))
      .sort((a, b) => Number(a.due) - Number(b.due) || a.order - b.order);
  }
}

function isWithin(scope: EnvironmentScope, { organizationId, environmentId }: Delivery): boolean {
  return scope.organizationId === organizationId && scope.environmentId === environmentId;
}

function isDue({ state, due }: Delivery, now: Date): boolean {
  return state === 'pending' && due !== null && due <= now;
}

function compare(a: DeliveryCursor, b: DeliveryCursor): number {
  return Number(a.createdAt) - Number(b.createdAt) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

function plain({ claim: _, ...delivery }: Stored): Delivery {
  return structuredClone(delivery);
}

function listed({ claim: _, body: __, ...delivery }: Stored): ListedDelivery {
  return structuredClone(delivery);
}
