import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { EmailTaken } from '../modules/agent/agent.errors.js';
import { AgentService } from '../modules/agent/agent.service.js';
import { InvitationService } from '../modules/agent/invitation.service.js';
import { AuthService } from '../modules/auth/auth.service.js';
import { EnvironmentService } from '../modules/environment/environment.service.js';

export interface DemoAccess {
  email: string;
  password: string;
  pluginKey: string;
  organizationId: string;
  environmentId: string;
}

const OWNER = { name: 'Demo Agent', email: 'demo@fastlight.chat', password: 'demo-password-1' };
const COLLEAGUE = { name: 'Demo Colleague', email: 'colleague@fastlight.chat', password: 'demo-password-1' };

/** Something to look at on the first start of a development server. Never in production: its password is public. */
@Injectable()
export class DemoTenant {
  private access: DemoAccess | null = null;

  constructor(
    private readonly auth: AuthService,
    private readonly agents: AgentService,
    private readonly invitations: InvitationService,
    private readonly environments: EnvironmentService,
    private readonly config: AppConfig,
  ) {}

  /** Made once, found ever after. Null where no demo is wanted. */
  async ensure(): Promise<DemoAccess | null> {
    if (!this.config.server.hasDemoTenant) return null;
    this.access ??= (await this.find()) ?? (await this.make());
    return this.access;
  }

  private async find(): Promise<DemoAccess | null> {
    const account = await this.agents.findAccountByEmail(OWNER.email);
    const [agent] = account ? await this.agents.listMemberships(account.id) : [];
    return agent ? this.accessOf(agent.organizationId) : null;
  }

  /** Two nodes may start at once: the one that comes second finds what the first has made. */
  private async make(): Promise<DemoAccess | null> {
    try {
      const { organization, agent } = await this.auth.register({
        organizationName: 'Fast Light Demo',
        ...OWNER,
      });
      await this.addColleague(organization.id, agent.id);
      return await this.accessOf(organization.id);
    } catch (error) {
      if (error instanceof EmailTaken) return this.find();
      throw error;
    }
  }

  private async addColleague(organizationId: string, ownerId: string): Promise<void> {
    const token = await this.invitations.issueQuietly(organizationId, ownerId, COLLEAGUE.email, 'agent');
    const { name, password } = COLLEAGUE;
    await this.auth.acceptInvitation({ token, name, password });
  }

  private async accessOf(organizationId: string): Promise<DemoAccess> {
    const { id, pluginKey } = await this.environments.first(organizationId);
    return { email: OWNER.email, password: OWNER.password, pluginKey, organizationId, environmentId: id };
  }
}
