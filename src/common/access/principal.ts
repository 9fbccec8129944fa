import type { Role } from '../../contracts/tenants.js';
import type { UserIdentity } from '../../contracts/users.js';

/** A member of an organization, signed in with an access token. */
export interface AgentPrincipal {
  type: 'agent';
  id: string;
  organizationId: string;
  accountId: string;
  sessionId: string;
  role: Role;
  name: string;
  avatarUrl: string | null;
}

/** A visitor or customer, known by plugin key and user token. */
export interface UserPrincipal {
  type: 'user';
  id: string;
  organizationId: string;
  environmentId: string;
  identity: UserIdentity;
  name: string;
  avatarUrl: string | null;
}

/** The company's own server, known by API key and secret. `id` is the key's. */
export interface PartnerPrincipal {
  type: 'partner';
  id: string;
  organizationId: string;
  environmentId: string;
  scopes: readonly string[];
  name: string;
}

export type Principal = AgentPrincipal | UserPrincipal | PartnerPrincipal;

/** Put first in every repository method. Without an environment: all of the organization's (agents only). */
export interface Scope {
  organizationId: string;
  environmentId?: string;
}

/** For the system's own work over all tenants (relay, fan-out); never reached by a request. */
export const EVERY_TENANT = 'every-tenant';
export type EveryTenant = typeof EVERY_TENANT;

/** One environment, where no choice is left: what belongs to users and partners. */
export type EnvironmentScope = Required<Scope>;

/** How far the caller can reach at most; an agent may narrow it to one environment. */
export function scopeOf(principal: Principal, environmentId?: string): Scope {
  if (principal.type !== 'agent') {
    return { organizationId: principal.organizationId, environmentId: principal.environmentId };
  }
  return environmentId === undefined
    ? { organizationId: principal.organizationId }
    : { organizationId: principal.organizationId, environmentId };
}
