import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Scope } from '../../../common/access/principal.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import type { PushSubscription } from '../push.js';
import { PushSubscriptionRepository } from '../push-subscription.repository.js';
import { PushSubscriptionEntity } from './push-subscription.entity.js';

@Injectable()
export class TypeormPushSubscriptionRepository extends PushSubscriptionRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  /** Another agent's goes away first: what was pushed to that one is not this one's. */
  put(subscription: PushSubscription): Promise<PushSubscription> {
    const { id: _id, createdAt: _createdAt, endpoint, agentId, ...renewed } = subscription;
    return this.unitOfWork.runInTurn(`push ${endpoint}`, async () => {
      await this.manager
        .createQueryBuilder()
        .delete()
        .from(PushSubscriptionEntity)
        .where('endpoint = :endpoint AND agent_id <> :agentId', { endpoint, agentId })
        .execute();
      const insert = this.manager.createQueryBuilder().insert().into(PushSubscriptionEntity);
      await insert.values(subscription).orIgnore().execute();
      await this.manager.update(PushSubscriptionEntity, { endpoint, agentId }, renewed);
      return toSubscription(
        await this.manager.findOneByOrFail(PushSubscriptionEntity, { endpoint, agentId }),
      );
    });
  }

  async listOf({ organizationId }: Scope, agentIds: readonly string[]): Promise<PushSubscription[]> {
    const where = { organizationId, agentId: In([...agentIds]) };
    const rows = await this.manager.find(PushSubscriptionEntity, { where, order: { id: 'ASC' } });
    return rows.map(toSubscription);
  }

  async remove({ organizationId }: Scope, agentId: string, id: string): Promise<boolean> {
    const removed = await this.manager.delete(PushSubscriptionEntity, { organizationId, agentId, id });
    return removed.affected === 1;
  }

  async removeMany({ organizationId }: Scope, ids: readonly string[]): Promise<void> {
    await this.manager.delete(PushSubscriptionEntity, { organizationId, id: In([...ids]) });
  }

  async removeOfSession(sessionId: string): Promise<void> {
    await this.manager.delete(PushSubscriptionEntity, { sessionId });
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

function toSubscription(row: PushSubscriptionEntity): PushSubscription {
  return {
    id: row.id,
    organizationId: row.organizationId,
    agentId: row.agentId,
    sessionId: row.sessionId,
    endpoint: row.endpoint,
    p256dh: row.p256dh,
    auth: row.auth,
    userAgent: row.userAgent,
    createdAt: row.createdAt,
  };
}
