import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PrincipalResolver } from '../../common/access/principal-resolver.js';
import { registerQueue } from '../../infrastructure/queue/register-queue.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { UserModule } from '../user/user.module.js';
import { AuthPrincipalResolver } from './auth-principal.resolver.js';
import { AuthMailQueue } from './auth-mail-queue.js';
import { AuthController } from './auth.controller.js';
import { AuthGateway } from './auth.gateway.js';
import { AUTH_QUEUE } from './auth.jobs.js';
import { AuthService } from './auth.service.js';
import { CredentialRepository } from './credential.repository.js';
import { MailInvitationListener } from './listeners/mail-invitation.listener.js';
import { MailPasswordResetListener } from './listeners/mail-password-reset.listener.js';
import { LoginLimiter } from './login-limiter.js';
import { MembershipController } from './membership.controller.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { PasswordResetService } from './password-reset.service.js';
import { PasswordController } from './password.controller.js';
import { CredentialEntity } from './persistence/credential.entity.js';
import { PasswordResetEntity } from './persistence/password-reset.entity.js';
import { RefreshTokenEntity } from './persistence/refresh-token.entity.js';
import { SessionEntity } from './persistence/session.entity.js';
import { TypeormCredentialRepository } from './persistence/typeorm-credential.repository.js';
import { TypeormPasswordResetRepository } from './persistence/typeorm-password-reset.repository.js';
import { TypeormSessionRepository } from './persistence/typeorm-session.repository.js';
import { ReturnLinkService } from './return-link.service.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SessionSweep } from './session-sweep.js';
import { ApiKeyStrategy } from './strategies/api-key.strategy.js';
import { JwtStrategy } from './strategies/jwt.strategy.js';
import { PluginKeyStrategy } from './strategies/plugin-key.strategy.js';
import { TokenSigner } from './token-signer.js';
import { WidgetBootController } from './widget-boot.controller.js';
import { WidgetBootService } from './widget-boot.service.js';

/** Global, because everything that is guarded needs the resolver behind the guards and nothing may import it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([CredentialEntity, SessionEntity, RefreshTokenEntity, PasswordResetEntity]),
    registerQueue(AUTH_QUEUE),
    OrganizationModule,
    EnvironmentModule,
    AgentModule,
    UserModule,
  ],
  controllers: [AuthController, PasswordController, MembershipController, WidgetBootController],
  providers: [
    AuthService,
    SessionService,
    PasswordResetService,
    AuthMailQueue,
    MailInvitationListener,
    MailPasswordResetListener,
    WidgetBootService,
    TokenSigner,
    ReturnLinkService,
    PasswordHasher,
    LoginLimiter,
    SecretKeeper,
    SessionSweep,
    AuthGateway,
    JwtStrategy,
    PluginKeyStrategy,
    ApiKeyStrategy,
    { provide: PrincipalResolver, useClass: AuthPrincipalResolver },
    { provide: CredentialRepository, useClass: TypeormCredentialRepository },
    { provide: PasswordResetRepository, useClass: TypeormPasswordResetRepository },
    { provide: SessionRepository, useClass: TypeormSessionRepository },
  ],
  exports: [
    PrincipalResolver,
    AuthService,
    ReturnLinkService,
    SessionService,
    PasswordResetService,
    AuthMailQueue,
  ],
})
export class AuthModule {}
