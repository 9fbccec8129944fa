import type { Scope } from '../../../common/access/principal.js';
import { TeamNameTaken } from '../team.errors.js';
import { TeamRepository } from '../team.repository.js';
import type { Team, TeamChanges } from '../team.js';

export class InMemoryTeamRepository extends TeamRepository {
  private stored: Team[] = [];

  /** `isActive`: is the agent not disabled? */
  constructor(
    private readonly isActive: (agentId: string) => Promise<boolean> = () => Promise.resolve(true),
  ) {
    super();
  }

  async insert(team: Team): Promise<void> {
    this.assertFree(team);
    this.stored.push({ ...team });
  }

  async find(scope: Scope, id: string): Promise<Team | null> {
    return (await this.findMany(scope, [id]))[0] ?? null;
  }

  findMany(scope: Scope, ids: readonly string[]): Promise<Team[]> {
    return this.read(this.within(scope).filter(({ id }) => ids.includes(id)));
  }

  page(scope: Scope, afterId: string | null, limit: number): Promise<Team[]> {
    const after = this.within(scope).filter(({ id }) => id > (afterId ?? ''));
    return this.read(after.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit));
  }

  async count(scope: Scope): Promise<number> {
    return this.within(scope).length;
  }

  async update(scope: Scope, id: string, changes: TeamChanges): Promise<Team | null> {
    const team = this.within(scope).find((one) => one.id === id);
    if (!team) return null;
    const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    this.assertFree({ ...team, ...named });
    Object.assign(team, named);
    return this.find(scope, id);
  }

  async remove(scope: Scope, id: string): Promise<boolean> {
    const before = this.stored.length;
    this.stored = this.stored.filter((one) => one.id !== id || one.organizationId !== scope.organizationId);
    return this.stored.length < before;
  }

  private read(teams: Team[]): Promise<Team[]> {
    return Promise.all(
      teams.map(async (team) => {
        const members = [...team.agentIds].sort();
        const isActive = await Promise.all(members.map(this.isActive));
        return { ...team, agentIds: members.filter((_, index) => isActive[index]) };
      }),
    );
  }

  private assertFree({ id, organizationId, name }: Team): void {
    const isTaken = this.within({ organizationId }).some(
      (one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase(),
    );
    if (isTaken) throw new TeamNameTaken();
  }

  private within({ organizationId }: Scope): Team[] {
    return this.stored.filter((one) => one.organizationId === organizationId);
  }
}
