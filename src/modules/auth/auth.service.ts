import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound, Unauthenticated } from '../../common/errors/common.errors.js';
import type {
  MembershipView,
  MeView,
  OrganizationView,
  RegistrationView,
  SessionTokens,
  SessionView,
} from '../../contracts/tenants.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import type { Account, Agent } from '../agent/agent.js';
import { AgentService } from '../agent/agent.service.js';
import { InvitationService } from '../agent/invitation.service.js';
import type { Environment } from '../environment/environment.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { InvalidCredentials, NoOrganization } from './auth.errors.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { assertUsable } from './password-rules.js';
import { SessionService } from './session.service.js';

export interface Registration {
  organizationName: string;
  name: string;
  email: string;
  password: string;
}

export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly organizations: OrganizationService,
    private readonly environments: EnvironmentService,
    private readonly agents: AgentService,
    private readonly invitations: InvitationService,
    private readonly sessions: SessionService,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Throws EmailTaken. */
  async register({ organizationName, name, email, password }: Registration): Promise<RegistrationView> {
    assertUsable(password, email);
    const passwordHash = await this.hasher.hash(password);
    const { agent, environment, tokens } = await this.unitOfWork.run(async () => {
      const account = await this.createAccount(email, passwordHash);
      const founded = await this.found(organizationName, account, name);
      return { ...founded, tokens: await this.openSession(founded.agent) };
    });
    return this.registrationView(tokens, agent, environment);
  }

  /** Throws InvalidCredentials; NotFound when the account is not a member of the organization that it names. */
  async login(email: string, password: string, organizationId?: string): Promise<SessionView> {
    const account = await this.proven(await this.agents.findAccountByEmail(email), password);
    const agent = choose(await this.agents.listMemberships(account.id), organizationId);
    return this.sessionView(await this.openSession(agent), agent);
  }

  /** Throws Unauthenticated, TokenReused. */
  async refresh(refreshToken: string): Promise<SessionView> {
    const { tokens, session } = await this.sessions.refresh(refreshToken);
    const agent = await this.agents.findActive(session.organizationId, session.agentId);
    if (!agent) throw new Unauthenticated();
    return this.sessionView(tokens, agent);
  }

  logout(refreshToken: string): Promise<void> {
    return this.sessions.endByToken(refreshToken);
  }

  async me(principal: AgentPrincipal): Promise<MeView> {
    const [agent, organization, organizations] = await Promise.all([
      this.agents.get(principal.organizationId, principal.id),
      this.organizations.view(principal.organizationId),
      this.listOrganizations(principal),
    ]);
    return { agent: await this.agents.ownView(agent), organization, organizations };
  }

  async listOrganizations({ accountId }: AgentPrincipal): Promise<MembershipView[]> {
    const agents = await this.agents.listMemberships(accountId);
    const found = await this.organizations.findAll(agents.map(({ organizationId }) => organizationId));
    const byId = new Map(found.map((organization) => [organization.id, organization]));
    return agents.flatMap(({ organizationId, role }) => {
      const organization = byId.get(organizationId);
      return organization
        ? [{ id: organization.id, name: organization.name, slug: organization.slug, role }]
        : [];
    });
  }

  /** Another organization of the same account, with an environment of its own. */
  async createOrganization(principal: AgentPrincipal, organizationName: string): Promise<OrganizationView> {
    const account = await this.agents.findAccount(principal.accountId);
    if (!account) throw new Unauthenticated();
    const { agent } = await this.unitOfWork.run(() => this.found(organizationName, account, principal.name));
    return this.organizations.view(agent.organizationId);
  }

  /** A session of its own in another organization; the present one stays until it is ended. */
  async switchTo(principal: AgentPrincipal, organizationId: string): Promise<SessionView> {
    const agent = choose(await this.agents.listMemberships(principal.accountId), organizationId);
    return this.sessionView(await this.openSession(agent), agent);
  }

  /** For a new account the password is set; an account that exists has to be proven by its own. */
  async acceptInvitation({ token, name, password }: Acceptance): Promise<RegistrationView> {
    const invitation = await this.invitations.getOpen(token);
    const known = await this.agents.findAccountByEmail(invitation.email);
    if (known) await this.proven(known, password);
    else assertUsable(password, invitation.email);
    const passwordHash = known ? null : await this.hasher.hash(password);
    const { agent, tokens } = await this.unitOfWork.run(async () => {
      await this.invitations.use(invitation);
      const account = known ?? (await this.createAccount(invitation.email, passwordHash ?? ''));
      const joined = await this.agents.join(invitation.organizationId, account, {
        role: invitation.role,
        name,
      });
      return { agent: joined, tokens: await this.openSession(joined) };
    });
    return this.registrationView(tokens, agent, await this.environments.first(agent.organizationId));
  }

  private async createAccount(email: string, passwordHash: string): Promise<Account> {
    const account = await this.agents.createAccount(email);
    await this.credentials.save(account.id, passwordHash, this.clock.now());
    return account;
  }

  private async found(
    organizationName: string,
    account: Account,
    name: string,
  ): Promise<{ agent: Agent; environment: Environment }> {
    const { id } = await this.organizations.create(organizationName);
    const agent = await this.agents.join(id, account, { role: 'owner', name });
    const environment = await this.environments.createFirst(id, organizationName);
    const target = { type: 'organization', id };
    await this.organizations.recordDeed({
      organizationId: id,
      actor: { type: 'agent', id: agent.id },
      action: 'organization.create',
      target,
    });
    return { agent, environment };
  }

  private async openSession(agent: Agent): Promise<SessionTokens> {
    return this.unitOfWork.run(async () => {
      await this.agents.markSignedIn(agent);
      return this.sessions.open(agent);
    });
  }

  /** The account, if this is its password. Throws InvalidCredentials. */
  private async proven(account: Account | null, password: string): Promise<Account> {
    const passwordHash = account && (await this.credentials.findPasswordHash(account.id));
    const isProven = await this.hasher.matches(password, passwordHash);
    if (!account || !isProven) throw new InvalidCredentials();
    return account;
  }

  private async sessionView(tokens: SessionTokens, agent: Agent): Promise<SessionView> {
    const [view, organization] = await Promise.all([
      this.agents.ownView(agent),
      this.organizations.view(agent.organizationId),
    ]);
    return { ...tokens, agent: view, organization };
  }

  private async registrationView(
    tokens: SessionTokens,
    agent: Agent,
    { id, name, pluginKey }: Environment,
  ): Promise<RegistrationView> {
    return { ...(await this.sessionView(tokens, agent)), environment: { id, name, pluginKey } };
  }
}

/** The organization named, else the one used last: memberships come in that order. */
function choose(memberships: readonly Agent[], organizationId?: string): Agent {
  if (memberships.length === 0) throw new NoOrganization();
  const chosen = memberships.find(
    (agent) => organizationId === undefined || agent.organizationId === organizationId,
  );
  if (!chosen) throw new NotFound('organization');
  return chosen;
}
