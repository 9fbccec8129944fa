import { DataSource, type Logger } from 'typeorm';
import { SnakeNamingStrategy } from '../../src/infrastructure/postgres/snake-naming.strategy.js';
import { UnitOfWork } from '../../src/infrastructure/postgres/unit-of-work.js';
import { anAccount } from '../../src/modules/agent/account.repository.contract.js';
import { anAgent } from '../../src/modules/agent/agent.repository.contract.js';
import type { Account, Agent } from '../../src/modules/agent/agent.js';
import { AccountEntity } from '../../src/modules/agent/persistence/account.entity.js';
import { AgentEntity } from '../../src/modules/agent/persistence/agent.entity.js';
import { InvitationEntity } from '../../src/modules/agent/persistence/invitation.entity.js';
import { TeamEntity } from '../../src/modules/agent/persistence/team.entity.js';
import { TeamMemberEntity } from '../../src/modules/agent/persistence/team-member.entity.js';
import { TypeormAccountRepository } from '../../src/modules/agent/persistence/typeorm-account.repository.js';
import { TypeormAgentRepository } from '../../src/modules/agent/persistence/typeorm-agent.repository.js';
import { CredentialEntity } from '../../src/modules/auth/persistence/credential.entity.js';
import { PasswordResetEntity } from '../../src/modules/auth/persistence/password-reset.entity.js';
import { RefreshTokenEntity } from '../../src/modules/auth/persistence/refresh-token.entity.js';
import { SessionEntity } from '../../src/modules/auth/persistence/session.entity.js';
import { SavedReplyEntity } from '../../src/modules/desk/persistence/saved-reply.entity.js';
import { SavedViewEntity } from '../../src/modules/desk/persistence/saved-view.entity.js';
import { anEnvironment } from '../../src/modules/environment/environment.repository.contract.js';
import type { Environment } from '../../src/modules/environment/environment.js';
import { ApiKeyEntity } from '../../src/modules/environment/persistence/api-key.entity.js';
import { EnvironmentEntity } from '../../src/modules/environment/persistence/environment.entity.js';
import { TypeormEnvironmentRepository } from '../../src/modules/environment/persistence/typeorm-environment.repository.js';
import { anOrganization } from '../../src/modules/organization/organization.repository.contract.js';
import { AuditEntity } from '../../src/modules/organization/persistence/audit.entity.js';
import { OrganizationEntity } from '../../src/modules/organization/persistence/organization.entity.js';
import { TypeormOrganizationRepository } from '../../src/modules/organization/persistence/typeorm-organization.repository.js';
import { WebhookEntity } from '../../src/modules/webhook/persistence/webhook.entity.js';
import { PushKeyEntity } from '../../src/modules/push/persistence/push-key.entity.js';
import { PushSubscriptionEntity } from '../../src/modules/push/persistence/push-subscription.entity.js';
import { freshDatabases } from './engines.js';

const ENTITIES = [
  OrganizationEntity,
  AuditEntity,
  EnvironmentEntity,
  ApiKeyEntity,
  AccountEntity,
  AgentEntity,
  InvitationEntity,
  TeamEntity,
  TeamMemberEntity,
  SavedViewEntity,
  SavedReplyEntity,
  CredentialEntity,
  SessionEntity,
  RefreshTokenEntity,
  PasswordResetEntity,
  WebhookEntity,
  PushSubscriptionEntity,
  PushKeyEntity,
];

/** A fresh PostgreSQL with what rows of tenants have to belong to. */
export class TenantSource {
  private constructor(
    readonly source: DataSource,
    readonly unitOfWork: UnitOfWork,
    readonly close: () => Promise<void>,
  ) {}

  static async open(logger?: Logger): Promise<TenantSource> {
    const databases = await freshDatabases();
    const source = new DataSource({
      type: 'postgres',
      url: databases.postgres,
      entities: ENTITIES,
      namingStrategy: new SnakeNamingStrategy(),
      logger,
      logging: logger !== undefined,
    });
    await source.initialize();
    const close = async () => {
      await source.destroy();
      await databases.drop();
    };
    return new TenantSource(source, new UnitOfWork(source), close);
  }

  async anOrganizationId(): Promise<string> {
    const organization = anOrganization();
    await new TypeormOrganizationRepository(this.unitOfWork).insert(organization);
    return organization.id;
  }

  async anAccount(): Promise<Account> {
    const account = anAccount();
    await new TypeormAccountRepository(this.unitOfWork).insert(account);
    return account;
  }

  async aMember(): Promise<Agent> {
    const agent = anAgent(await this.anOrganizationId(), await this.anAccount());
    await new TypeormAgentRepository(this.unitOfWork).insert(agent);
    return agent;
  }

  async anEnvironment(): Promise<Environment> {
    const environment = anEnvironment(await this.anOrganizationId());
    await new TypeormEnvironmentRepository(this.unitOfWork).insert(environment);
    return environment;
  }
}
