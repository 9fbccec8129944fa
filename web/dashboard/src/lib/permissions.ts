import type { Role } from './wire';

/** Mirrors the server's table, to explain beforehand what it would refuse; the server decides. */
const PERMISSIONS = {
  'conversation.answer': ['owner', 'admin', 'agent'],
  'conversation.export': ['owner', 'admin', 'agent'],
  'conversation.manage': ['owner', 'admin'],
  'message.delete-any': ['owner', 'admin'],
  'message.review': ['owner', 'admin', 'agent'],
  'message.read-versions': ['owner', 'admin', 'agent'],
  'user.edit': ['owner', 'admin', 'agent'],
  'user.block': ['owner', 'admin', 'agent'],
  'user.export': ['owner', 'admin'],
  'user.erase': ['owner', 'admin'],
  'organization.edit': ['owner', 'admin'],
  'environment.edit': ['owner', 'admin'],
  'api-key.manage': ['owner', 'admin'],
  'webhook.manage': ['owner', 'admin'],
  'queue.read': ['owner', 'admin'],
  'queue.manage': ['owner', 'admin'],
  'agent.manage': ['owner', 'admin'],
  'team.manage': ['owner', 'admin'],
  'saved-reply.manage': ['owner', 'admin', 'agent'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function isAllowed(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}

const RANK: Record<Role, number> = { viewer: 0, agent: 1, admin: 2, owner: 3 };
export const ROLES: readonly Role[] = ['owner', 'admin', 'agent', 'viewer'];

/** Nobody hands out, or takes away, more than they have. */
export function canGrant(own: Role, other: Role): boolean {
  return RANK[own] >= RANK[other];
}
