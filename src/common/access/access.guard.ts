import { Injectable, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { IncomingHttpHeaders } from 'node:http';
import { Forbidden, Unauthenticated, Unavailable } from '../errors/common.errors.js';
import { DomainError } from '../errors/domain-error.js';
import { ACCESS, principalOf, PUBLIC } from './access.js';
import { assertMay, type Permission } from './permissions.js';

/** As long as a node goes on with what it remembers while a store is away. */
const TRUST_MS = 30_000;

type StrategyName = 'jwt' | 'plugin-key' | 'api-key';

function strategyGuard(name: StrategyName): Type<CanActivate> {
  class StrategyGuard extends AuthGuard(name) {
    override handleRequest<User>(error: unknown, user: User | false): User {
      if (error instanceof DomainError) throw error;
      if (error) throw error as Error;
      if (!user) throw new Unauthenticated();
      return user;
    }
  }
  return mixin(StrategyGuard);
}

const STRATEGIES: Record<StrategyName, CanActivate> = {
  jwt: new (strategyGuard('jwt'))(),
  'plugin-key': new (strategyGuard('plugin-key'))(),
  'api-key': new (strategyGuard('api-key'))(),
};

/**
 * Guards every route and every socket event; what is not marked with Access or Public is closed.
 * A socket was identified at its handshake, and is asked about every few seconds; a request names its strategy by the header that it carries.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Permission | typeof PUBLIC | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === PUBLIC) return true;
    if (access === undefined) throw new Forbidden();
    if (context.getType() === 'http') await STRATEGIES[this.strategyFor(context)].canActivate(context);
    else assertProven(context);
    assertMay(principalOf(context), access);
    return true;
  }

  private strategyFor(context: ExecutionContext): StrategyName {
    const { headers } = context.switchToHttp().getRequest<{ headers: IncomingHttpHeaders }>();
    if (headers.authorization !== undefined) return 'jwt';
    if (headers['x-api-key'] !== undefined) return 'api-key';
    if (headers['x-plugin-key'] !== undefined) return 'plugin-key';
    throw new Unauthenticated();
  }
}

function assertProven(context: ExecutionContext): void {
  const { provenAt } = context.switchToWs().getClient<{ data: { provenAt: number } }>().data;
  if (performance.now() - provenAt > TRUST_MS) throw new Unavailable();
}
