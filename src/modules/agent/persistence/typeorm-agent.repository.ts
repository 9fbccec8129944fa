import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { Scope } from '../../../common/access/principal.js';
import type { NotificationSettings } from '../../../contracts/tenants.js';
import { brokenUniqueRule } from '../../../infrastructure/postgres/unique-violation.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { AlreadyMember } from '../agent.errors.js';
import { AgentRepository, type AgentChanges, type Picture } from '../agent.repository.js';
import type { Agent } from '../agent.js';
import { withDefaults } from '../notification-settings.js';
import { AgentEntity } from './agent.entity.js';

const WITH_EMAIL = { account: true } as const;

@Injectable()
export class TypeormAgentRepository extends AgentRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert({ email: _email, notifications: _notifications, ...columns }: Agent): Promise<void> {
    try {
      await this.manager.insert(AgentEntity, columns);
    } catch (error) {
      if (brokenUniqueRule(error) === 'agents_account_unique') throw new AlreadyMember();
      throw error;
    }
  }

  find({ organizationId }: Scope, id: string): Promise<Agent | null> {
    return this.findOne({ organizationId, id });
  }

  findByAccount({ organizationId }: Scope, accountId: string): Promise<Agent | null> {
    return this.findOne({ organizationId, accountId });
  }

  findByEmail({ organizationId }: Scope, email: string): Promise<Agent | null> {
    return this.findOne({ organizationId, account: { email } });
  }

  findMany({ organizationId }: Scope, ids: readonly string[]): Promise<Agent[]> {
    return this.list({ where: { organizationId, id: In([...ids]) } });
  }

  page({ organizationId }: Scope, afterId: string | null, limit: number): Promise<Agent[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const where = { organizationId, disabledAt: IsNull(), ...after };
    return this.list({ where, order: { id: 'ASC' }, take: limit });
  }

  /** To name no change is allowed, but there is no SQL for it. */
  async update(scope: Scope, id: string, changes: AgentChanges): Promise<Agent | null> {
    const { organizationId } = scope;
    if (Object.keys(changes).length > 0)
      await this.manager.update(AgentEntity, { organizationId, id }, { ...changes });
    return this.find(scope, id);
  }

  async setNotifications(
    scope: Scope,
    id: string,
    changes: Partial<NotificationSettings>,
  ): Promise<Agent | null> {
    const notifications = () => 'notifications || :changes::jsonb';
    await this.manager
      .createQueryBuilder()
      .update(AgentEntity)
      .set({ notifications })
      .where({ organizationId: scope.organizationId, id })
      .setParameter('changes', JSON.stringify(changes))
      .execute();
    return this.find(scope, id);
  }

  async replacePicture(
    { organizationId }: Scope,
    id: string,
    picture: Picture | null,
  ): Promise<string | null> {
    const [rows] = await this.manager.query<[{ key: string | null }[], number]>(
      `UPDATE agents SET avatar_url = $3, avatar_key = $4
       FROM (SELECT id, avatar_key FROM agents WHERE organization_id = $1 AND id = $2 FOR UPDATE) former
       WHERE agents.id = former.id RETURNING former.avatar_key AS key`,
      [organizationId, id, picture?.url ?? null, picture?.key ?? null],
    );
    return rows[0]?.key ?? null;
  }

  async takeExpiredStatuses(now: Date, limit: number): Promise<Agent[]> {
    const [rows] = await this.manager.query<[{ id: string }[], number]>(
      `UPDATE agents SET status_text = NULL, status_emoji = NULL, status_expires_at = NULL
       WHERE id IN (
         SELECT id FROM agents WHERE status_expires_at <= $1
         ORDER BY status_expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [now, limit],
    );
    return rows.length > 0 ? this.findActive(rows.map(({ id }) => id)) : [];
  }

  async lockOwnerIds({ organizationId }: Scope): Promise<string[]> {
    const rows = await this.manager.find(AgentEntity, {
      select: { id: true },
      where: { organizationId, role: 'owner', disabledAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return rows.map(({ id }) => id);
  }

  listByAccount(accountId: string): Promise<Agent[]> {
    const order = { signedInAt: { direction: 'DESC', nulls: 'LAST' }, id: 'ASC' } as const;
    return this.list({ where: { accountId, disabledAt: IsNull() }, order });
  }

  findActive(ids: readonly string[]): Promise<Agent[]> {
    return this.list({ where: { id: In([...ids]), disabledAt: IsNull() } });
  }

  private get manager() {
    return this.unitOfWork.manager;
  }

  private async findOne(where: FindOptionsWhere<AgentEntity>): Promise<Agent | null> {
    const row = await this.manager.findOne(AgentEntity, { where, relations: WITH_EMAIL });
    return row && toAgent(row);
  }

  private async list(options: Parameters<typeof this.manager.find<AgentEntity>>[1]): Promise<Agent[]> {
    const rows = await this.manager.find(AgentEntity, { ...options, relations: WITH_EMAIL });
    return rows.map(toAgent);
  }
}

function toAgent(row: AgentEntity): Agent {
  return {
    id: row.id,
    organizationId: row.organizationId,
    accountId: row.accountId,
    email: row.account.email,
    role: row.role,
    name: row.name,
    avatarUrl: row.avatarUrl,
    avatarKey: row.avatarKey,
    availability: row.availability,
    statusText: row.statusText,
    statusEmoji: row.statusEmoji,
    statusExpiresAt: row.statusExpiresAt,
    language: row.language,
    timeZone: row.timeZone,
    theme: row.theme,
    notifications: withDefaults(row.notifications),
    createdAt: row.createdAt,
    signedInAt: row.signedInAt,
    disabledAt: row.disabledAt,
  };
}
