import type { EnvironmentScope } from '../../../common/access/principal.js';
import type { WebhookDisabledReason } from '../../../contracts/webhooks.js';
import type { Webhook, WebhookChanges } from '../webhook.js';
import { WebhookRepository } from '../webhook.repository.js';

export class InMemoryWebhookRepository extends WebhookRepository {
  private readonly webhooks = new Map<string, Webhook>();

  async insert(webhook: Webhook): Promise<void> {
    this.webhooks.set(webhook.id, { ...webhook });
  }

  async page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<Webhook[]> {
    return this.all((webhook) => isWithin(scope, webhook) && webhook.id > (afterId ?? '')).slice(0, limit);
  }

  async count(scope: EnvironmentScope): Promise<number> {
    return this.all((webhook) => isWithin(scope, webhook)).length;
  }

  async find(scope: EnvironmentScope, id: string): Promise<Webhook | null> {
    return this.all((webhook) => isWithin(scope, webhook) && webhook.id === id)[0] ?? null;
  }

  async update(scope: EnvironmentScope, id: string, changes: WebhookChanges): Promise<Webhook | null> {
    const present = await this.find(scope, id);
    if (present) this.webhooks.set(id, { ...present, ...changes });
    return this.find(scope, id);
  }

  async remove(scope: EnvironmentScope, id: string): Promise<boolean> {
    return (await this.find(scope, id)) !== null && this.webhooks.delete(id);
  }

  async listEnabled(environmentId: string): Promise<Webhook[]> {
    return this.all((webhook) => webhook.environmentId === environmentId && webhook.status === 'enabled');
  }

  async findAny(id: string): Promise<Webhook | null> {
    return this.all((webhook) => webhook.id === id)[0] ?? null;
  }

  async noteFailing(id: string, since: Date | null): Promise<void> {
    const webhook = this.webhooks.get(id);
    if (webhook) webhook.failingSince = since && (webhook.failingSince ?? since);
  }

  async disable(id: string, reason: WebhookDisabledReason): Promise<Webhook | null> {
    const webhook = this.webhooks.get(id);
    if (webhook?.status !== 'enabled') return null;
    this.webhooks.set(id, { ...webhook, status: 'disabled', disabledReason: reason, noticePending: true });
    return this.findAny(id);
  }

  async listUnnoticed(limit: number): Promise<Pick<Webhook, 'id' | 'organizationId'>[]> {
    return this.all(({ noticePending }) => noticePending)
      .slice(0, limit)
      .map(({ id, organizationId }) => ({ id, organizationId }));
  }

  async markNoticed(id: string): Promise<void> {
    const webhook = this.webhooks.get(id);
    if (webhook) webhook.noticePending = false;
  }

  private all(isWanted: (webhook: Webhook) => boolean): Webhook[] {
    return [...this.webhooks.values()]
      .filter(isWanted)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((webhook) => ({ ...webhook }));
  }
}

function isWithin(scope: EnvironmentScope, { organizationId, environmentId }: Webhook): boolean {
  return scope.organizationId === organizationId && scope.environmentId === environmentId;
}
