import type { Scope } from '../../../common/access/principal.js';
import type { NotificationSettings } from '../../../contracts/tenants.js';
import { AlreadyMember } from '../agent.errors.js';
import { AgentRepository, type AgentChanges, type Picture } from '../agent.repository.js';
import type { Agent } from '../agent.js';

export class InMemoryAgentRepository extends AgentRepository {
  private readonly agents: Agent[] = [];

  async insert(agent: Agent): Promise<void> {
    if (this.first(agent, ({ accountId }) => accountId === agent.accountId)) throw new AlreadyMember();
    this.agents.push({ ...agent });
  }

  async find(scope: Scope, id: string): Promise<Agent | null> {
    return this.first(scope, (agent) => agent.id === id);
  }

  async findByAccount(scope: Scope, accountId: string): Promise<Agent | null> {
    return this.first(scope, (agent) => agent.accountId === accountId);
  }

  async findByEmail(scope: Scope, email: string): Promise<Agent | null> {
    return this.first(scope, (agent) => agent.email === email);
  }

  async findMany(scope: Scope, ids: readonly string[]): Promise<Agent[]> {
    return this.within(scope).filter(({ id }) => ids.includes(id));
  }

  async page(scope: Scope, afterId: string | null, limit: number): Promise<Agent[]> {
    const active = this.within(scope).filter(
      ({ id, disabledAt }) => disabledAt === null && id > (afterId ?? ''),
    );
    return active.sort(byId).slice(0, limit);
  }

  async update(scope: Scope, id: string, changes: AgentChanges): Promise<Agent | null> {
    return this.change(scope, id, changes);
  }

  async setNotifications(
    scope: Scope,
    id: string,
    changes: Partial<NotificationSettings>,
  ): Promise<Agent | null> {
    const agent = this.first(scope, (known) => known.id === id);
    return agent && this.change(scope, id, { notifications: { ...agent.notifications, ...changes } });
  }

  async replacePicture(scope: Scope, id: string, picture: Picture | null): Promise<string | null> {
    const former = this.first(scope, (known) => known.id === id)?.avatarKey ?? null;
    await this.change(scope, id, { avatarUrl: picture?.url ?? null, avatarKey: picture?.key ?? null });
    return former;
  }

  async takeExpiredStatuses(now: Date, limit: number): Promise<Agent[]> {
    const expired = this.agents.filter(({ statusExpiresAt }) => statusExpiresAt && statusExpiresAt <= now);
    const taken = expired.slice(0, limit);
    for (const agent of taken)
      Object.assign(agent, { statusText: null, statusEmoji: null, statusExpiresAt: null });
    return this.findActive(taken.map(({ id }) => id));
  }

  async lockOwnerIds(scope: Scope): Promise<string[]> {
    const owners = this.within(scope).filter(
      ({ role, disabledAt }) => role === 'owner' && disabledAt === null,
    );
    return owners.sort(byId).map(({ id }) => id);
  }

  async listByAccount(accountId: string): Promise<Agent[]> {
    const active = this.agents.filter((agent) => agent.accountId === accountId && agent.disabledAt === null);
    const lastUse = ({ signedInAt }: Agent) => signedInAt?.getTime() ?? 0;
    return active.sort((a, b) => lastUse(b) - lastUse(a) || byId(a, b)).map((agent) => ({ ...agent }));
  }

  async findActive(ids: readonly string[]): Promise<Agent[]> {
    return this.agents.filter(({ id, disabledAt }) => ids.includes(id) && disabledAt === null);
  }

  private async change(scope: Scope, id: string, changes: Partial<Agent>): Promise<Agent | null> {
    const agent = this.agents.find(
      (known) => known.id === id && known.organizationId === scope.organizationId,
    );
    if (agent) Object.assign(agent, changes);
    return this.find(scope, id);
  }

  private first(scope: Scope, isWanted: (agent: Agent) => boolean): Agent | null {
    return this.within(scope).find(isWanted) ?? null;
  }

  private within({ organizationId }: Scope): Agent[] {
    return this.agents
      .filter((agent) => agent.organizationId === organizationId)
      .map((agent) => ({ ...agent }));
  }
}

function byId(a: Agent, b: Agent): number {
  return a.id < b.id ? -1 : 1;
}
