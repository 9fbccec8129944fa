import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { isId, newId } from '../../common/ids.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { OrganizationService } from '../organization/organization.service.js';
import { AgentService } from './agent.service.js';
import { TeamNotFound, TooManyTeams } from './team.errors.js';
import './team.events.js';
import { TeamRepository } from './team.repository.js';
import { MAX_TEAMS, type Team, type TeamChanges } from './team.js';

export interface TeamDraft {
  name: string;
  description?: string | null;
  agentIds?: string[];
}

@Injectable()
export class TeamService {
  private readonly cache = new FreshCache<Team>(20_000);
  private readonly lists = new FreshCache<Team[]>(2_000);

  constructor(
    private readonly teams: TeamRepository,
    private readonly agents: AgentService,
    private readonly organizations: OrganizationService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  page(organizationId: string, afterId: string | null, limit: number): Promise<Team[]> {
    return this.teams.page({ organizationId }, afterId, limit);
  }

  /** All there are, up to five seconds old. */
  async list(organizationId: string): Promise<Team[]> {
    const load = () => this.teams.page({ organizationId }, null, MAX_TEAMS);
    return (await this.lists.get(organizationId, load)) ?? [];
  }

  /** Throws TeamNotFound also when it is another tenant's. */
  async get(organizationId: string, id: string): Promise<Team> {
    const team = isId(id) ? await this.teams.find({ organizationId }, id) : null;
    if (!team) throw new TeamNotFound();
    return team;
  }

  /** Up to five seconds old. What is gone has no name. */
  async namesOf(organizationId: string, ids: readonly string[]): Promise<Map<string, { name: string }>> {
    const keys = [...new Set(ids)].map((id) => keyOf(organizationId, id));
    const found = await this.cache.getMany(keys, (missing) => this.loadMany(organizationId, missing));
    return new Map([...found.values()].map(({ id, name }) => [id, { name }]));
  }

  /** Throws TeamNameTaken, TooManyTeams, NotFound for agents who are not there. */
  async create(principal: AgentPrincipal, draft: TeamDraft): Promise<Team> {
    const { organizationId } = principal;
    const team = this.toTeam(organizationId, draft);
    await this.agents.assertActive(organizationId, team.agentIds);
    await this.unitOfWork.runInTurn(`teams ${organizationId}`, async () => {
      if ((await this.teams.count({ organizationId })) >= MAX_TEAMS) throw new TooManyTeams();
      await this.teams.insert(team);
      await this.record(principal, 'team.create', team.id);
    });
    this.forget(organizationId, team.id);
    return this.get(organizationId, team.id);
  }

  /** Throws TeamNotFound, TeamNameTaken, NotFound for agents who are not there. */
  async update(principal: AgentPrincipal, id: string, changes: TeamChanges): Promise<Team> {
    const { organizationId } = principal;
    await this.agents.assertActive(organizationId, changes.agentIds ?? []);
    const team = await this.unitOfWork.run(async () => {
      const updated = await this.teams.update({ organizationId }, id, changes);
      if (!updated) throw new TeamNotFound();
      await this.record(principal, 'team.update', id);
      return updated;
    });
    this.forget(organizationId, id);
    return team;
  }

  /** Its conversations stay, with no team. Throws TeamNotFound. */
  async remove(principal: AgentPrincipal, id: string): Promise<void> {
    const { organizationId } = principal;
    await this.unitOfWork.run(async () => {
      if (!(await this.teams.remove({ organizationId }, id))) throw new TeamNotFound();
      await this.record(principal, 'team.remove', id);
    });
    this.forget(organizationId, id);
    this.events.publish('team.removed', { organizationId, teamId: id });
  }

  private toTeam(organizationId: string, { name, description, agentIds = [] }: TeamDraft): Team {
    const createdAt = this.clock.now();
    return { id: newId(), organizationId, name, description: description ?? null, agentIds, createdAt };
  }

  private record(principal: AgentPrincipal, action: string, id: string): Promise<void> {
    const { organizationId } = principal;
    return this.organizations.recordDeed({
      organizationId,
      actor: principal,
      action,
      target: { type: 'team', id },
    });
  }

  private forget(organizationId: string, id: string): void {
    this.cache.forget(keyOf(organizationId, id));
    this.lists.forget(organizationId);
  }

  private async loadMany(organizationId: string, keys: readonly string[]): Promise<Map<string, Team>> {
    const ids = keys.map((key) => key.slice(organizationId.length + 1));
    const teams = await this.teams.findMany({ organizationId }, ids);
    return new Map(teams.map((team) => [keyOf(organizationId, team.id), team]));
  }
}

function keyOf(organizationId: string, id: string): string {
  return `${organizationId}:${id}`;
}
