import { Injectable } from '@nestjs/common';
import { scopeOf } from '../../common/access/principal.js';
import { isId } from '../../common/ids.js';
import type { PrincipalRef } from '../../contracts/common.js';
import type { SocketPrincipal } from '../../infrastructure/realtime/realtime.js';
import { AgentService } from '../agent/agent.service.js';
import { UserService } from './user.service.js';

/** Agents see the agents and users of their organization, users only its agents. */
@Injectable()
export class PresenceAccess {
  constructor(
    private readonly agents: AgentService,
    private readonly users: UserService,
  ) {}

  async visibleOf(viewer: SocketPrincipal, wanted: readonly PrincipalRef[]): Promise<PrincipalRef[]> {
    const [agents, users] = await Promise.all([
      this.agents.namesOf(viewer.organizationId, idsOf(wanted, 'agent')),
      viewer.type === 'agent'
        ? this.users.namesOf(scopeOf(viewer), idsOf(wanted, 'user'))
        : new Map<string, never>(),
    ]);
    const seen = { agent: agents, user: users };
    return wanted.filter(({ type, id }) => seen[type].has(id)).map(({ type, id }) => ({ type, id }));
  }
}

function idsOf(principals: readonly PrincipalRef[], type: PrincipalRef['type']): string[] {
  return [
    ...new Set(
      principals.filter((principal) => principal.type === type && isId(principal.id)).map(({ id }) => id),
    ),
  ];
}
