import type { Availability, NotificationSettings, Role } from '../../contracts/tenants.js';
import { LastOwner, OwnersOnly } from './agent.errors.js';

/** A sign-in: one per mailbox, member of any number of organizations. */
export interface Account {
  id: string;
  email: string;
  createdAt: Date;
}

/** An account as member of one organization. */
export interface Agent {
  id: string;
  organizationId: string;
  accountId: string;
  email: string;
  role: Role;
  name: string;
  avatarUrl: string | null;
  availability: Availability;
  statusText: string | null;
  notifications: NotificationSettings;
  createdAt: Date;
  signedInAt: Date | null;
  disabledAt: Date | null;
}

export interface AgentName {
  id: string;
  name: string;
  avatarUrl: string | null;
  email: string;
}

/** How an agent is reached, and of what they want to hear. */
export interface AgentContact {
  id: string;
  name: string;
  email: string;
  language: 'ko' | 'en';
  timeZone: string;
  notifications: NotificationSettings;
}

/** Only an owner makes or unmakes owners. Throws OwnersOnly. */
export function assertMayGrant(granter: Role, ...roles: Role[]): void {
  if (granter !== 'owner' && roles.includes('owner')) throw new OwnersOnly();
}

/** An organization without an owner could never get one again. Throws LastOwner. */
export function assertOwnerRemains(ownerIds: readonly string[], leavingId: string): void {
  if (ownerIds.length === 1 && ownerIds[0] === leavingId) throw new LastOwner();
}
