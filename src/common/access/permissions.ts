import type { Role } from '../../contracts/tenants.js';
import { Forbidden } from '../errors/common.errors.js';
import type { Principal } from './principal.js';

/** What an API key may be allowed to do. A key made without scopes gets all of them. */
export const API_KEY_SCOPES = [
  'users:read',
  'users:write',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:write',
  'notes:read',
] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

interface Rule {
  /** The roles of agents that may. */
  roles: readonly Role[];
  /** May an end user do it, within what is their own? */
  user: boolean;
  /** The scope that a partner's key needs; none: a partner may not. */
  scope?: ApiKeyScope;
}

const ALL: readonly Role[] = ['owner', 'admin', 'agent', 'viewer'];
const WORKING: readonly Role[] = ['owner', 'admin', 'agent'];
const MANAGING: readonly Role[] = ['owner', 'admin'];

/** The one table of who may do what. Participation and tenancy are checked besides, thing by thing. */
export const PERMISSIONS = {
  'organization.read': { roles: ALL, user: false },
  'organization.update': { roles: MANAGING, user: false },
  'environment.read': { roles: ALL, user: false },
  'environment.manage': { roles: MANAGING, user: false },
  'api-key.manage': { roles: MANAGING, user: false },
  'webhook.manage': { roles: MANAGING, user: false },
  /** How much work waits; the jobs themselves only of one's own organization. */
  'queue.read': { roles: MANAGING, user: false },
  'queue.manage': { roles: MANAGING, user: false },
  'agent.read': { roles: ALL, user: false },
  'agent.update-self': { roles: ALL, user: false },
  /** With one's own devices. */
  'push.subscribe': { roles: ALL, user: false },
  'agent.manage': { roles: MANAGING, user: false },
  'agent.invite': { roles: MANAGING, user: false },
  'team.read': { roles: ALL, user: false },
  'team.manage': { roles: MANAGING, user: false },
  'saved-reply.read': { roles: ALL, user: false },
  'saved-reply.manage': { roles: WORKING, user: false },
  /** One's own filters of the inbox. */
  'saved-view.manage': { roles: ALL, user: false },
  'overview.read': { roles: ALL, user: false },
  'user.read': { roles: ALL, user: false, scope: 'users:read' },
  'user.update': { roles: WORKING, user: false, scope: 'users:write' },
  'user.block': { roles: WORKING, user: false },
  'user.erase': { roles: MANAGING, user: false, scope: 'users:write' },
  'user.export': { roles: MANAGING, user: false, scope: 'users:read' },
  'user.self': { roles: [], user: true },
  'conversation.read': { roles: ALL, user: true, scope: 'conversations:read' },
  /** How much waits in the inbox. */
  'conversation.count': { roles: ALL, user: false },
  'conversation.create': { roles: WORKING, user: true, scope: 'conversations:write' },
  'conversation.update': { roles: WORKING, user: false, scope: 'conversations:write' },
  'conversation.bulk': { roles: WORKING, user: false },
  'conversation.assign': { roles: WORKING, user: false, scope: 'conversations:write' },
  'participant.manage': { roles: WORKING, user: false },
  /** Join a public channel, leave what one belongs to. */
  'participant.self': { roles: ALL, user: false },
  'conversation.mark-read': { roles: ALL, user: true },
  'conversation.mute': { roles: ALL, user: false },
  'conversation.rate': { roles: [], user: true },
  'conversation.export': { roles: WORKING, user: true, scope: 'messages:read' },
  'message.read': { roles: ALL, user: true, scope: 'messages:read' },
  'message.send': { roles: WORKING, user: true, scope: 'messages:write' },
  /** One's own message. */
  'message.edit': { roles: WORKING, user: true, scope: 'messages:write' },
  'message.delete': { roles: WORKING, user: true, scope: 'messages:write' },
  'message.delete-any': { roles: MANAGING, user: false },
  'message.react': { roles: WORKING, user: true },
  'message.pin': { roles: WORKING, user: false, scope: 'messages:write' },
  'message.read-private': { roles: ALL, user: false, scope: 'notes:read' },
  /** What a message said before it was edited. */
  'message.read-versions': { roles: WORKING, user: false },
  /** Lets through, or not, what was held for its words. */
  'message.review': { roles: WORKING, user: false },
  'message.send-private': { roles: WORKING, user: false },
  'file.upload': { roles: WORKING, user: true, scope: 'messages:write' },
  'file.read': { roles: ALL, user: true, scope: 'messages:read' },
  /** Shows colleagues that one looks at a conversation. */
  'viewing.set': { roles: ALL, user: false },
  'typing.set': { roles: WORKING, user: true },
  'presence.watch': { roles: ALL, user: true },
  'presence.set': { roles: ALL, user: false },
  'connection.use': { roles: ALL, user: true },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

export function may(principal: Principal, permission: Permission): boolean {
  const rule: Rule = PERMISSIONS[permission];
  switch (principal.type) {
    case 'agent':
      return rule.roles.includes(principal.role);
    case 'user':
      return rule.user;
    case 'partner':
      return rule.scope !== undefined && principal.scopes.includes(rule.scope);
  }
}

/** Throws Forbidden. */
export function assertMay(principal: Principal, permission: Permission): void {
  if (!may(principal, permission)) throw new Forbidden();
}
