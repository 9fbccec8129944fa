import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { ApiErrors } from '../http/api-errors.js';
import { PERMISSIONS, type Permission } from './permissions.js';
import type { Principal } from './principal.js';

export const ACCESS = Symbol('access');
export const PUBLIC = 'public';

/** For what nobody has to be known for: sign-in, health, pages. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, PUBLIC);
}

/**
 * Who may call, by the table of permissions. Works on routes and on socket events; documents the security schemes, how
 * those are refused who may not, and everybody while a database is away that says who they are.
 */
export function Access(permission: Permission): MethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, permission),
    ...securityDocs(permission),
    ApiErrors('auth.unauthenticated', 'auth.forbidden', 'common.unavailable'),
  );
}

function securityDocs(permission: Permission): MethodDecorator[] {
  const rule: { roles: readonly string[]; user: boolean; scope?: string } = PERMISSIONS[permission];
  const docs: MethodDecorator[] = [ApiExtension('x-permission', permission)];
  if (rule.roles.length > 0) docs.push(ApiBearerAuth('jwt'));
  if (rule.user) docs.push(ApiSecurity({ 'plugin-key': [], 'user-token': [] }));
  if (rule.scope) docs.push(ApiSecurity({ 'api-key': [], 'api-secret': [] }));
  return docs;
}

/** The caller of a route or of a socket event. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context),
);

export function principalOf(context: ExecutionContext): Principal {
  if (context.getType() === 'ws') {
    return context.switchToWs().getClient<{ data: { principal: Principal } }>().data.principal;
  }
  return context.switchToHttp().getRequest<{ user: Principal }>().user;
}
