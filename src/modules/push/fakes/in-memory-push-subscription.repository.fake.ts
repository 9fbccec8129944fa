import type { Scope } from '../../../common/access/principal.js';
import type { PushSubscription } from '../push.js';
import { PushSubscriptionRepository } from '../push-subscription.repository.js';

export class InMemoryPushSubscriptionRepository extends PushSubscriptionRepository {
  private stored: PushSubscription[] = [];

  async put(subscription: PushSubscription): Promise<PushSubscription> {
    const { endpoint, agentId } = subscription;
    const known = this.stored.find((one) => one.endpoint === endpoint);
    this.stored = this.stored.filter((one) => one !== known);
    const { id, createdAt } = known?.agentId === agentId ? known : subscription;
    const kept = { ...subscription, id, createdAt };
    this.stored.push(kept);
    return kept;
  }

  async listOf({ organizationId }: Scope, agentIds: readonly string[]): Promise<PushSubscription[]> {
    const own = this.stored.filter((one) => one.organizationId === organizationId);
    return own.filter(({ agentId }) => agentIds.includes(agentId)).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async remove(scope: Scope, agentId: string, id: string): Promise<boolean> {
    const isKnown = (await this.listOf(scope, [agentId])).some((one) => one.id === id);
    if (isKnown) await this.removeMany(scope, [id]);
    return isKnown;
  }

  async removeMany({ organizationId }: Scope, ids: readonly string[]): Promise<void> {
    this.stored = this.stored.filter((one) => one.organizationId !== organizationId || !ids.includes(one.id));
  }

  async removeOfSession(sessionId: string): Promise<void> {
    this.stored = this.stored.filter((one) => one.sessionId !== sessionId);
  }
}
