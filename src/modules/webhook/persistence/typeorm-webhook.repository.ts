import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type { EnvironmentScope } from '../../../common/access/principal.js';
import type { WebhookDisabledReason } from '../../../contracts/webhooks.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import type { Webhook, WebhookChanges } from '../webhook.js';
import { WebhookRepository } from '../webhook.repository.js';
import { WebhookEntity } from './webhook.entity.js';

@Injectable()
export class TypeormWebhookRepository extends WebhookRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(webhook: Webhook): Promise<void> {
    await this.unitOfWork.manager.insert(WebhookEntity, { ...webhook });
  }

  async page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<Webhook[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const rows = await this.unitOfWork.manager.find(WebhookEntity, {
      where: { ...whereScope(scope), ...after },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toWebhook);
  }

  count(scope: EnvironmentScope): Promise<number> {
    return this.unitOfWork.manager.countBy(WebhookEntity, whereScope(scope));
  }

  async find(scope: EnvironmentScope, id: string): Promise<Webhook | null> {
    const row = await this.unitOfWork.manager.findOneBy(WebhookEntity, { ...whereScope(scope), id });
    return row && toWebhook(row);
  }

  async update(scope: EnvironmentScope, id: string, changes: WebhookChanges): Promise<Webhook | null> {
    if (Object.keys(changes).length > 0)
      await this.unitOfWork.manager.update(WebhookEntity, { ...whereScope(scope), id }, changes);
    return this.find(scope, id);
  }

  async remove(scope: EnvironmentScope, id: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(WebhookEntity, { ...whereScope(scope), id });
    return affected === 1;
  }

  async listEnabled(environmentId: string): Promise<Webhook[]> {
    const where = { environmentId, status: 'enabled' as const };
    const rows = await this.unitOfWork.manager.find(WebhookEntity, { where, order: { id: 'ASC' } });
    return rows.map(toWebhook);
  }

  async findAny(id: string): Promise<Webhook | null> {
    const row = await this.unitOfWork.manager.findOneBy(WebhookEntity, { id });
    return row && toWebhook(row);
  }

  async noteFailing(id: string, since: Date | null): Promise<void> {
    const where = since === null ? { id } : { id, failingSince: IsNull() };
    await this.unitOfWork.manager.update(WebhookEntity, where, { failingSince: since });
  }

  async disable(id: string, reason: WebhookDisabledReason): Promise<Webhook | null> {
    const { affected } = await this.unitOfWork.manager.update(
      WebhookEntity,
      { id, status: 'enabled' },
      { status: 'disabled', disabledReason: reason, noticePending: true },
    );
    return affected === 1 ? this.findAny(id) : null;
  }

  async listUnnoticed(limit: number): Promise<Pick<Webhook, 'id' | 'organizationId'>[]> {
    const select = { id: true, organizationId: true };
    const where = { noticePending: true };
    const rows = await this.unitOfWork.manager.find(WebhookEntity, { select, where, take: limit });
    return rows.map(({ id, organizationId }) => ({ id, organizationId }));
  }

  async markNoticed(id: string): Promise<void> {
    await this.unitOfWork.manager.update(WebhookEntity, { id }, { noticePending: false });
  }
}

function whereScope({ organizationId, environmentId }: EnvironmentScope) {
  return { organizationId, environmentId };
}

function toWebhook(row: WebhookEntity): Webhook {
  return {
    id: row.id,
    organizationId: row.organizationId,
    environmentId: row.environmentId,
    name: row.name,
    url: row.url,
    description: row.description,
    events: row.events,
    includesNotes: row.includesNotes,
    isBot: row.isBot,
    secret: row.secret,
    previousSecrets: row.previousSecrets,
    previousSecretUntil: row.previousSecretUntil,
    status: row.status,
    disabledReason: row.disabledReason,
    failingSince: row.failingSince,
    noticePending: row.noticePending,
    createdAt: row.createdAt,
  };
}
