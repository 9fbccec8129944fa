import { Injectable } from '@nestjs/common';
import type { AgentPrincipal, Scope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { isId, newId } from '../../common/ids.js';
import type {
  AgentPreferences,
  AgentView,
  Availability,
  NotificationSettings,
  OwnAgentView,
  Role,
} from '../../contracts/tenants.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { OrganizationService } from '../organization/organization.service.js';
import { AlreadyMember } from './agent.errors.js';
import {
  assertMayGrant,
  assertOwnerRemains,
  nextStatus,
  type Account,
  type Agent,
  type AgentContact,
  type AgentName,
  type AgentStatus,
} from './agent.js';
import { AccountRepository, AgentRepository, type AgentChanges, type Picture } from './agent.repository.js';
import { toAgentView, toPreferences } from './dto/agent-response.dto.js';
import { DEFAULT_NOTIFICATIONS } from './notification-settings.js';

export interface OwnProfile extends Partial<AgentStatus>, Partial<AgentPreferences> {
  name?: string;
  avatarUrl?: string | null;
  availability?: Availability;
}

/** More active agents than any list of notifications should go to at once. */
const MAX_LISTED = 500;

@Injectable()
export class AgentService {
  private readonly cache = new FreshCache<Agent>(20_000);
  private readonly rosters = new FreshCache<Agent[]>(2_000);
  private readonly availability = new FreshCache<{ isAvailable: boolean }>(2_000, 2_000);

  constructor(
    private readonly agents: AgentRepository,
    private readonly accounts: AccountRepository,
    private readonly organizations: OrganizationService,
    private readonly presence: PresenceStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws EmailTaken. Joins the transaction of its caller. */
  async createAccount(email: string): Promise<Account> {
    const account = { id: newId(), email, createdAt: this.clock.now() };
    await this.accounts.insert(account);
    return account;
  }

  findAccount(id: string): Promise<Account | null> {
    return this.accounts.find(id);
  }

  findAccountByEmail(email: string): Promise<Account | null> {
    return this.accounts.findByEmail(email);
  }

  /** Takes in who is new, and back who was there before. Throws AlreadyMember. Joins the transaction of its caller. */
  async join(organizationId: string, account: Account, as: { role: Role; name: string }): Promise<Agent> {
    const former = await this.agents.findByAccount({ organizationId }, account.id);
    if (former) return this.takeBack(former, as.role);
    const agent = this.draft(organizationId, account, as);
    await this.agents.insert(agent);
    return agent;
  }

  /** Active ones, most recently used first. */
  listMemberships(accountId: string): Promise<Agent[]> {
    return this.agents.listByAccount(accountId);
  }

  async markSignedIn({ organizationId, id }: Agent): Promise<void> {
    await this.agents.update({ organizationId }, id, { signedInAt: this.clock.now() });
  }

  page(organizationId: string, afterId: string | null, limit: number): Promise<Agent[]> {
    return this.agents.page({ organizationId }, afterId, limit);
  }

  /** Throws NotFound also when the agent is disabled or another tenant's. */
  async get(organizationId: string, agentId: string): Promise<Agent> {
    const agent = await this.agents.find({ organizationId }, agentId);
    if (!agent || agent.disabledAt) throw new NotFound('agent');
    return agent;
  }

  /** Up to five seconds old. Null for who is disabled or another tenant's. */
  async findActive(organizationId: string, agentId: string): Promise<Agent | null> {
    const agent = await this.remembered({ organizationId }, agentId);
    return agent && agent.disabledAt === null ? agent : null;
  }

  /** Those among them that are active, as they are now. */
  findActiveMany(ids: readonly string[]): Promise<Agent[]> {
    return this.agents.findActive(ids);
  }

  /** Throws NotFound unless all of them are active, and of this organization. */
  async assertActive(organizationId: string, ids: readonly string[]): Promise<void> {
    if (!ids.every(isId)) throw new NotFound('agent');
    const found = ids.length > 0 ? await this.agents.findActive(ids) : [];
    const own = found.filter((agent) => agent.organizationId === organizationId);
    const known = new Set(own.map(({ id }) => id));
    if (!ids.every((id) => known.has(id))) throw new NotFound('agent');
  }

  /** Of disabled ones too: what they wrote stays theirs. Up to five seconds old. */
  async namesOf(organizationId: string, ids: readonly string[]): Promise<Map<string, AgentName>> {
    const keys = [...new Set(ids)].map((id) => keyOf(organizationId, id));
    const found = await this.cache.getMany(keys, (missing) => this.loadMany(organizationId, missing));
    return new Map([...found.values()].map((agent) => [agent.id, nameOf(agent)]));
  }

  listActive(organizationId: string): Promise<AgentContact[]> {
    return this.contacts(organizationId, () => true);
  }

  /** Those who are there, or were a moment ago. */
  async listPresent(organizationId: string): Promise<AgentView[]> {
    const views = await this.viewsOf(await this.roster(organizationId));
    return views.filter(({ presence }) => presence === 'online' || presence === 'away');
  }

  /** Those who decide over settings, and are to know when something is wrong with them. */
  listManagers(organizationId: string): Promise<AgentContact[]> {
    return this.contacts(organizationId, ({ role }) => role === 'owner' || role === 'admin');
  }

  /** Is somebody there to answer now? */
  async isAnyoneAvailable(organizationId: string): Promise<boolean> {
    const answer = await this.availability.get(organizationId, () => this.lookForAnyone(organizationId));
    return answer?.isAvailable ?? false;
  }

  async viewsOf(agents: readonly Agent[]): Promise<AgentView[]> {
    const refs = agents.map(({ id }) => ({ type: 'agent' as const, id }));
    const states = await this.presence.statesOf(refs);
    const now = this.clock.now();
    return agents.map((agent) =>
      toAgentView(agent, states.get(`agent:${agent.id}`)?.status ?? 'unknown', now),
    );
  }

  async view(agent: Agent): Promise<AgentView> {
    const [view] = await this.viewsOf([agent]);
    return view ?? toAgentView(agent, 'unknown', this.clock.now());
  }

  /** Only for the agent's own eyes. */
  async ownView(agent: Agent): Promise<OwnAgentView> {
    return { ...(await this.view(agent)), preferences: toPreferences(agent) };
  }

  /** Throws ValidationFailed for a status that would be over before it began. */
  async updateSelf(principal: AgentPrincipal, profile: OwnProfile): Promise<OwnAgentView> {
    const { avatarUrl, statusText, statusEmoji, statusExpiresAt, ...rest } = profile;
    const { organizationId, id } = principal;
    const said = definedOf({ statusText, statusEmoji, statusExpiresAt });
    const status = Object.keys(said).length > 0 ? await this.nextStatusOf(principal, said) : {};
    const agent = await this.apply({ organizationId }, id, { ...definedOf(rest), ...status });
    if (avatarUrl === undefined) return this.announceOwn(agent);
    return this.setPicture(principal, avatarUrl === null ? null : { url: avatarUrl, key: null });
  }

  async setPicture(principal: AgentPrincipal, picture: Picture | null): Promise<OwnAgentView> {
    const { organizationId, id } = principal;
    const replaced = await this.agents.replacePicture({ organizationId }, id, picture);
    if (replaced !== null) this.events.publish('agent.picture_replaced', { key: replaced });
    return this.announceOwn(await this.get(organizationId, id));
  }

  /** Tells of those that are over. Each is told once, whichever node asks. */
  async endStatuses(limit: number): Promise<number> {
    const agents = await this.agents.takeExpiredStatuses(this.clock.now(), limit);
    for (const agent of agents) await this.announce(agent);
    return agents.length;
  }

  async notificationsOf({ organizationId, id }: AgentPrincipal): Promise<NotificationSettings> {
    return (await this.get(organizationId, id)).notifications;
  }

  /** Felt by what is sent from two seconds later on, on every node. */
  async setNotifications(
    { organizationId, id }: AgentPrincipal,
    changes: Partial<NotificationSettings>,
  ): Promise<NotificationSettings> {
    const agent = await this.agents.setNotifications({ organizationId }, id, definedOf(changes));
    if (!agent) throw new NotFound('agent');
    this.forget(organizationId, id);
    return agent.notifications;
  }

  /** Throws NotFound, OwnersOnly, LastOwner. */
  async manage(
    principal: AgentPrincipal,
    agentId: string,
    changes: { name?: string; role?: Role },
  ): Promise<AgentView> {
    const scope = { organizationId: principal.organizationId };
    const agent = await this.unitOfWork.run(async () => {
      const present = await this.get(scope.organizationId, agentId);
      if (changes.role !== undefined) await this.assertRoleChange(principal, present, changes.role);
      await this.record(principal, 'agent.update', agentId, { role: changes.role ?? present.role });
      return this.apply(scope, agentId, definedOf(changes));
    });
    return this.announce(agent);
  }

  /** Throws NotFound, OwnersOnly, LastOwner. */
  async disable(principal: AgentPrincipal, agentId: string): Promise<void> {
    const { organizationId } = principal;
    await this.unitOfWork.run(async () => {
      const present = await this.get(organizationId, agentId);
      assertMayGrant(principal.role, present.role);
      await this.assertOwnerRemains(organizationId, agentId);
      await this.record(principal, 'agent.disable', agentId);
      await this.apply({ organizationId }, agentId, { disabledAt: this.clock.now() });
    });
    this.forget(organizationId, agentId);
    this.events.publish('agent.disabled', { organizationId, agentId });
  }

  private async contacts(
    organizationId: string,
    isWanted: (agent: Agent) => boolean,
  ): Promise<AgentContact[]> {
    const [agents, { settings }] = await Promise.all([
      this.roster(organizationId),
      this.organizations.get(organizationId),
    ]);
    return agents.filter(isWanted).map(({ id, name, email, language, timeZone, notifications }) => ({
      id,
      name,
      email,
      language: language ?? settings.language,
      timeZone: timeZone ?? settings.timeZone,
      notifications,
    }));
  }

  private async assertRoleChange(principal: AgentPrincipal, present: Agent, role: Role): Promise<void> {
    if (role === present.role) return;
    assertMayGrant(principal.role, present.role, role);
    if (present.role === 'owner') await this.assertOwnerRemains(present.organizationId, present.id);
  }

  private async assertOwnerRemains(organizationId: string, leavingId: string): Promise<void> {
    assertOwnerRemains(await this.agents.lockOwnerIds({ organizationId }), leavingId);
  }

  private async apply(scope: Scope, id: string, changes: AgentChanges): Promise<Agent> {
    const agent = await this.agents.update(scope, id, changes);
    if (!agent) throw new NotFound('agent');
    return agent;
  }

  private async nextStatusOf(
    { organizationId, id }: AgentPrincipal,
    said: Partial<AgentStatus>,
  ): Promise<AgentStatus> {
    return nextStatus(await this.get(organizationId, id), said, this.clock.now());
  }

  private async announceOwn(agent: Agent): Promise<OwnAgentView> {
    return { ...(await this.announce(agent)), preferences: toPreferences(agent) };
  }

  private async announce(agent: Agent): Promise<AgentView> {
    this.forget(agent.organizationId, agent.id);
    const view = await this.view(agent);
    this.events.publish('agent.updated', { organizationId: agent.organizationId, agent: view });
    return view;
  }

  private async takeBack(former: Agent, role: Role): Promise<Agent> {
    if (former.disabledAt === null) throw new AlreadyMember();
    const { organizationId, id } = former;
    const agent = await this.apply({ organizationId }, id, { disabledAt: null, role });
    this.forget(organizationId, id);
    return agent;
  }

  private draft(
    organizationId: string,
    account: Account,
    { role, name }: { role: Role; name: string },
  ): Agent {
    return {
      id: newId(),
      organizationId,
      accountId: account.id,
      email: account.email,
      role,
      name,
      avatarUrl: null,
      avatarKey: null,
      availability: 'available',
      statusText: null,
      statusEmoji: null,
      statusExpiresAt: null,
      language: null,
      timeZone: null,
      theme: 'system',
      notifications: DEFAULT_NOTIFICATIONS,
      createdAt: this.clock.now(),
      signedInAt: null,
      disabledAt: null,
    };
  }

  private async lookForAnyone(organizationId: string): Promise<{ isAvailable: boolean }> {
    const willing = (await this.roster(organizationId)).filter(({ availability }) => availability !== 'away');
    const states = await this.presence.statesOf(willing.map(({ id }) => ({ type: 'agent', id })));
    return { isAvailable: [...states.values()].some(({ status }) => status === 'online') };
  }

  private async roster(organizationId: string): Promise<Agent[]> {
    const load = () => this.agents.page({ organizationId }, null, MAX_LISTED);
    return (await this.rosters.get(organizationId, load)) ?? [];
  }

  private remembered(scope: Scope, id: string): Promise<Agent | null> {
    return this.cache.get(keyOf(scope.organizationId, id), () => this.agents.find(scope, id));
  }

  private async loadMany(organizationId: string, keys: readonly string[]): Promise<Map<string, Agent>> {
    const ids = keys.map((key) => key.slice(organizationId.length + 1));
    const agents = await this.agents.findMany({ organizationId }, ids);
    return new Map(agents.map((agent) => [keyOf(organizationId, agent.id), agent]));
  }

  private forget(organizationId: string, id: string): void {
    this.cache.forget(keyOf(organizationId, id));
    this.rosters.forget(organizationId);
  }

  private record(
    principal: AgentPrincipal,
    action: string,
    id: string,
    details?: Record<string, string>,
  ): Promise<void> {
    const { organizationId } = principal;
    const target = { type: 'agent', id };
    return this.organizations.recordDeed({ organizationId, actor: principal, action, target, details });
  }
}

function keyOf(organizationId: string, id: string): string {
  return `${organizationId}:${id}`;
}

function nameOf({ id, name, avatarUrl, email }: Agent): AgentName {
  return { id, name, avatarUrl, email };
}

function definedOf<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
