import { Injectable } from '@nestjs/common';
import type { CallOrigin } from '../../common/access/principal-resolver.js';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/app-config.js';
import type { BootEnvironment, BootRequest, BootView } from '../../contracts/users.js';
import { AgentService } from '../agent/agent.service.js';
import type { Environment } from '../environment/environment.js';
import { EnvironmentService } from '../environment/environment.service.js';
import type { User } from '../user/user.js';
import { UserService, type UserInit } from '../user/user.service.js';
import { isAtLeast } from './auth-principal.resolver.js';
import { memberFrom, type Member } from './identity-proof.js';
import { TokenSigner, type VisitorClaims } from './token-signer.js';

const DAY_SECONDS = 86_400;
const VISITOR_TOKEN_DAYS = 400;
/** A proven customer's token opens a proven customer's conversations: it is a sign-in, and ends like one. */
const VERIFIED_TOKEN_DAYS = 1;

@Injectable()
export class WidgetBootService {
  constructor(
    private readonly environments: EnvironmentService,
    private readonly users: UserService,
    private readonly agents: AgentService,
    private readonly tokens: TokenSigner,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws Unauthenticated for an unknown plugin key, OriginNotAllowed, IdentityProofRequired. */
  async boot(
    pluginKey: string,
    from: CallOrigin,
    request: BootRequest,
    userAgent?: string,
  ): Promise<BootView> {
    const environment = await this.environments.findByPluginKey(pluginKey);
    if (!environment)
      throw new Unauthenticated('auth.unauthenticated', 'There is no environment with this plugin key.');
    this.environments.assertOrigin(environment, from);
    const secret = this.environments.identitySecretOf(environment);
    const member = memberFrom(request, environment.identityVerification, secret, this.clock.now());
    const visitor = await this.findVisitor(environment, request.visitorToken);
    const user = await this.settle(scopeOf(environment), initOf(request, userAgent), member, visitor);
    return this.viewOf(environment, user);
  }

  private settle(
    scope: EnvironmentScope,
    init: UserInit,
    member: Member | null,
    visitor: User | null,
  ): Promise<User> {
    if (member) return this.users.identify(scope, { ...member, visitor, ...init });
    if (visitor) return this.users.welcomeBack(scope, visitor, init);
    return this.users.createAnonymous(scope, init);
  }

  /** A token that is no good any more means a new visitor, not a widget that does not open. */
  private async findVisitor(
    environment: Environment,
    visitorToken: string | undefined,
  ): Promise<User | null> {
    const claims = visitorToken === undefined ? null : this.claimsOf(visitorToken);
    if (!claims || claims.env !== environment.id || isOutdated(claims, environment)) return null;
    const user = await this.users.findForBoot(scopeOf(environment), claims.sub);
    return user && isAtLeast(claims.identity, user.identity) ? user : null;
  }

  private claimsOf(visitorToken: string): VisitorClaims | null {
    try {
      return this.tokens.verify('visitor', visitorToken);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  private async viewOf(environment: Environment, user: User): Promise<BootView> {
    const [view, online] = await Promise.all([
      this.users.view(scopeOf(environment), user),
      this.agents.isAnyoneAvailable(environment.organizationId),
    ]);
    return {
      ...this.tokensFor(environment.id, user),
      user: view,
      environment: this.environmentViewOf(environment, online),
      unread: view.unread,
    };
  }

  private environmentViewOf(environment: Environment, online: boolean): BootEnvironment {
    const { id, name, settings } = environment;
    return {
      id,
      name,
      settings: settings.widget,
      online,
      officeHours: this.environments.officeHoursOf(environment),
      maxFileBytes: this.environments.maxFileBytesOf(environment),
    };
  }

  private tokensFor(
    env: string,
    { id, identity }: User,
  ): Pick<BootView, 'userToken' | 'expiresIn' | 'visitorToken'> {
    const claims = { sub: id, env, identity };
    const expiresIn = this.config.auth.userTokenSeconds;
    const days = identity === 'verified' ? VERIFIED_TOKEN_DAYS : VISITOR_TOKEN_DAYS;
    return {
      userToken: this.tokens.sign('user', claims, expiresIn),
      expiresIn,
      visitorToken: this.tokens.sign('visitor', claims, days * DAY_SECONDS),
    };
  }
}

function initOf({ profile, language, tags, page }: BootRequest, userAgent: string | undefined): UserInit {
  return { profile, language, addTags: tags, page, userAgent };
}

function scopeOf({ organizationId, id }: Environment): EnvironmentScope {
  return { organizationId, environmentId: id };
}

/** Rotating the identity secret takes back what was proven with the old one. */
function isOutdated({ identity, iat = 0 }: VisitorClaims, { identitySecretRotatedAt }: Environment): boolean {
  if (identity !== 'verified' || identitySecretRotatedAt === null) return false;
  return iat < Math.floor(identitySecretRotatedAt.getTime() / 1000);
}
