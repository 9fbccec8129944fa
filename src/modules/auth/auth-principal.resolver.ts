import { Injectable } from '@nestjs/common';
import { PrincipalResolver, type CallOrigin } from '../../common/access/principal-resolver.js';
import type { AgentPrincipal, PartnerPrincipal, UserPrincipal } from '../../common/access/principal.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import { FreshCache } from '../../common/fresh-cache.js';
import type { UserIdentity } from '../../contracts/users.js';
import type { Agent } from '../agent/agent.js';
import { AgentService } from '../agent/agent.service.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserService } from '../user/user.service.js';
import type { SessionEnded } from './auth.events.js';
import { SessionService } from './session.service.js';
import { TokenSigner, type AgentClaims } from './token-signer.js';

const LEVELS: UserIdentity[] = ['anonymous', 'claimed', 'verified'];

@Injectable()
export class AuthPrincipalResolver extends PrincipalResolver {
  /** By session: a sign-out, a new role or a disabled agent is felt within five seconds on every node. */
  private readonly agentsBySession = new FreshCache<AgentPrincipal>(20_000);

  constructor(
    private readonly tokens: TokenSigner,
    private readonly sessions: SessionService,
    private readonly agents: AgentService,
    private readonly environments: EnvironmentService,
    private readonly users: UserService,
  ) {
    super();
  }

  async agentByAccessToken(accessToken: string): Promise<AgentPrincipal> {
    const claims = this.tokens.verify('agent', accessToken);
    const principal = await this.agentsBySession.get(claims.sid, () => this.loadAgent(claims));
    if (!principal) throw new Unauthenticated();
    return principal;
  }

  async userByToken(pluginKey: string, userToken: string, from: CallOrigin): Promise<UserPrincipal> {
    const environment = await this.environments.findByPluginKey(pluginKey);
    if (!environment) throw new Unauthenticated();
    this.environments.assertOrigin(environment, from);
    const { sub, env, identity } = this.tokens.verify('user', userToken);
    if (env !== environment.id) throw new Unauthenticated();
    const principal = await this.users.findPrincipal(environment.id, sub);
    if (!principal || !isAtLeast(identity, principal.identity)) throw new Unauthenticated();
    return { ...principal, identity };
  }

  async partnerByKey(apiKey: string, apiSecret: string): Promise<PartnerPrincipal> {
    const partner = await this.environments.findPartner(apiKey, apiSecret);
    if (!partner) throw new Unauthenticated();
    return partner;
  }

  @OnDomainEvent('session.ended')
  forget({ sessionId }: SessionEnded): void {
    this.agentsBySession.forget(sessionId);
  }

  private async loadAgent({ sid, sub, org }: AgentClaims): Promise<AgentPrincipal | null> {
    const [session, [agent]] = await Promise.all([
      this.sessions.findLive(sid),
      this.agents.findActiveMany([sub]),
    ]);
    if (!session || !agent || session.agentId !== agent.id || agent.organizationId !== org) return null;
    return principalOf(agent, sid);
  }
}

export function principalOf(agent: Agent, sessionId: string): AgentPrincipal {
  return {
    type: 'agent',
    id: agent.id,
    organizationId: agent.organizationId,
    accountId: agent.accountId,
    sessionId,
    role: agent.role,
    name: agent.name,
    avatarUrl: agent.avatarUrl,
  };
}

/** A token from before the visitor proved to be a member must not open what is the member's. */
export function isAtLeast(proven: UserIdentity, needed: UserIdentity): boolean {
  return LEVELS.indexOf(proven) >= LEVELS.indexOf(needed);
}
