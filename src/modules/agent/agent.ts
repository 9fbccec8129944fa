import { ValidationFailed } from '../../common/errors/common.errors.js';
import type {
  AgentPreferences,
  Availability,
  Language,
  NotificationSettings,
  Role,
} from '../../contracts/tenants.js';
import { LastOwner, OwnersOnly } from './agent.errors.js';

/** A sign-in: one per mailbox, member of any number of organizations. */
export interface Account {
  id: string;
  email: string;
  createdAt: Date;
}

/** What an agent says of themselves, until it expires. */
export interface AgentStatus {
  statusText: string | null;
  statusEmoji: string | null;
  statusExpiresAt: Date | null;
}

/** An account as member of one organization. */
export interface Agent extends AgentStatus, AgentPreferences {
  id: string;
  organizationId: string;
  accountId: string;
  email: string;
  role: Role;
  name: string;
  avatarUrl: string | null;
  /** Where the picture lies, if it was uploaded here. */
  avatarKey: string | null;
  availability: Availability;
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
  language: Language;
  timeZone: string;
  notifications: NotificationSettings;
}

const NO_STATUS: AgentStatus = { statusText: null, statusEmoji: null, statusExpiresAt: null };

/** What others are shown now. */
export function statusAt({ statusText, statusEmoji, statusExpiresAt }: AgentStatus, now: Date): AgentStatus {
  const isOver = statusExpiresAt !== null && statusExpiresAt <= now;
  return isOver ? NO_STATUS : { statusText, statusEmoji, statusExpiresAt };
}

/** What is not named stays, but for the end: it was the end of what was said before. Throws ValidationFailed. */
export function nextStatus(present: AgentStatus, change: Partial<AgentStatus>, now: Date): AgentStatus {
  const { statusExpiresAt = null } = change;
  if (statusExpiresAt !== null && statusExpiresAt <= now) {
    throw new ValidationFailed([{ path: 'statusExpiresAt', message: 'must be in the future' }]);
  }
  const shown = statusAt(present, now);
  const { statusText = shown.statusText, statusEmoji = shown.statusEmoji } = change;
  const isEmpty = !statusText && !statusEmoji;
  return isEmpty ? NO_STATUS : { statusText: statusText || null, statusEmoji, statusExpiresAt };
}

/** Only an owner makes or unmakes owners. Throws OwnersOnly. */
export function assertMayGrant(granter: Role, ...roles: Role[]): void {
  if (granter !== 'owner' && roles.includes('owner')) throw new OwnersOnly();
}

/** An organization without an owner could never get one again. Throws LastOwner. */
export function assertOwnerRemains(ownerIds: readonly string[], leavingId: string): void {
  if (ownerIds.length === 1 && ownerIds[0] === leavingId) throw new LastOwner();
}
