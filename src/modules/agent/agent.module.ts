import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { AgentController } from './agent.controller.js';
import { AgentGateway } from './agent.gateway.js';
import { AccountRepository, AgentRepository } from './agent.repository.js';
import { AgentService } from './agent.service.js';
import { NotificationSettingsController } from './notification-settings.controller.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitationService } from './invitation.service.js';
import { AccountEntity } from './persistence/account.entity.js';
import { AgentEntity } from './persistence/agent.entity.js';
import { InvitationEntity } from './persistence/invitation.entity.js';
import { TypeormAccountRepository } from './persistence/typeorm-account.repository.js';
import { TypeormAgentRepository } from './persistence/typeorm-agent.repository.js';
import { TypeormInvitationRepository } from './persistence/typeorm-invitation.repository.js';
import { TeamEntity } from './persistence/team.entity.js';
import { TeamMemberEntity } from './persistence/team-member.entity.js';
import { TypeormTeamRepository } from './persistence/typeorm-team.repository.js';
import { StatusSweep } from './status-sweep.js';
import { TeamController } from './team.controller.js';
import { TeamRepository } from './team.repository.js';
import { TeamService } from './team.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([AccountEntity, AgentEntity, InvitationEntity, TeamEntity, TeamMemberEntity]),
    OrganizationModule,
  ],
  controllers: [InvitationController, NotificationSettingsController, AgentController, TeamController],
  providers: [
    AgentService,
    InvitationService,
    TeamService,
    AgentGateway,
    StatusSweep,
    SecretKeeper,
    { provide: AccountRepository, useClass: TypeormAccountRepository },
    { provide: AgentRepository, useClass: TypeormAgentRepository },
    { provide: InvitationRepository, useClass: TypeormInvitationRepository },
    { provide: TeamRepository, useClass: TypeormTeamRepository },
  ],
  exports: [AgentService, InvitationService, TeamService],
})
export class AgentModule {}
