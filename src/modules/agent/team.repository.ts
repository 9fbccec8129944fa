import type { Scope } from '../../common/access/principal.js';
import type { Team, TeamChanges } from './team.js';

export abstract class TeamRepository {
  /** Throws TeamNameTaken. Joins the transaction of its caller. */
  abstract insert(team: Team): Promise<void>;
  abstract find(scope: Scope, id: string): Promise<Team | null>;
  abstract findMany(scope: Scope, ids: readonly string[]): Promise<Team[]>;
  /** Oldest first, after the id given. */
  abstract page(scope: Scope, afterId: string | null, limit: number): Promise<Team[]>;
  abstract count(scope: Scope): Promise<number>;
  /** `agentIds` takes the place of all. Throws TeamNameTaken. Joins the transaction of its caller. */
  abstract update(scope: Scope, id: string, changes: TeamChanges): Promise<Team | null>;
  abstract remove(scope: Scope, id: string): Promise<boolean>;
}
