import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import type { Scope } from '../../../common/access/principal.js';
import { brokenUniqueRule } from '../../../infrastructure/postgres/unique-violation.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { TeamNameTaken } from '../team.errors.js';
import { TeamRepository } from '../team.repository.js';
import type { Team, TeamChanges } from '../team.js';
import { TeamEntity } from './team.entity.js';
import { TeamMemberEntity } from './team-member.entity.js';

@Injectable()
export class TypeormTeamRepository extends TeamRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert({ agentIds, ...columns }: Team): Promise<void> {
    await translated(() => this.manager.insert(TeamEntity, columns));
    await this.addMembers(columns.id, agentIds);
  }

  async find(scope: Scope, id: string): Promise<Team | null> {
    const [team] = await this.findMany(scope, [id]);
    return team ?? null;
  }

  async findMany({ organizationId }: Scope, ids: readonly string[]): Promise<Team[]> {
    return this.withMembers(await this.manager.findBy(TeamEntity, { organizationId, id: In([...ids]) }));
  }

  async page({ organizationId }: Scope, afterId: string | null, limit: number): Promise<Team[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const where = { organizationId, ...after };
    return this.withMembers(
      await this.manager.find(TeamEntity, { where, order: { id: 'ASC' }, take: limit }),
    );
  }

  count({ organizationId }: Scope): Promise<number> {
    return this.manager.countBy(TeamEntity, { organizationId });
  }

  update(scope: Scope, id: string, changes: TeamChanges): Promise<Team | null> {
    return this.unitOfWork.run(() => this.change(scope, id, changes));
  }

  async remove({ organizationId }: Scope, id: string): Promise<boolean> {
    const { affected } = await this.manager.delete(TeamEntity, { organizationId, id });
    return affected === 1;
  }

  /** One at a time for each team: two that put members in the place of the same ones would both add theirs. */
  private async change(
    scope: Scope,
    id: string,
    { agentIds, name, description }: TeamChanges,
  ): Promise<Team | null> {
    const { organizationId } = scope;
    const lock = { mode: 'pessimistic_write' } as const;
    if (!(await this.manager.findOne(TeamEntity, { where: { organizationId, id }, lock }))) return null;
    if (name !== undefined || description !== undefined)
      await translated(() => this.manager.update(TeamEntity, { organizationId, id }, { name, description }));
    if (agentIds) {
      await this.manager.delete(TeamMemberEntity, { teamId: id });
      await this.addMembers(id, agentIds);
    }
    return this.find(scope, id);
  }

  private async addMembers(teamId: string, agentIds: readonly string[]): Promise<void> {
    const rows = agentIds.map((agentId) => ({ teamId, agentId }));
    if (rows.length > 0) await this.manager.insert(TeamMemberEntity, rows);
  }

  /** One more query for any number of teams. */
  private async withMembers(teams: TeamEntity[]): Promise<Team[]> {
    if (teams.length === 0) return [];
    const members = await this.manager.find(TeamMemberEntity, {
      where: { teamId: In(teams.map(({ id }) => id)), agent: { disabledAt: IsNull() } },
      order: { agentId: 'ASC' },
    });
    const byTeam = Map.groupBy(members, ({ teamId }) => teamId);
    return teams.map(({ id, organizationId, name, description, createdAt }) => {
      const agentIds = (byTeam.get(id) ?? []).map(({ agentId }) => agentId);
      return { id, organizationId, name, description, agentIds, createdAt };
    });
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

async function translated(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (brokenUniqueRule(error) === 'teams_name_unique') throw new TeamNameTaken();
    throw error;
  }
}
