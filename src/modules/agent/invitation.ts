import type { Role } from '../../contracts/tenants.js';

export interface Invitation {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  mailedAt: Date | null;
}

export const INVITATION_DAYS = 7;

export function isOpen({ acceptedAt, revokedAt, expiresAt }: Invitation, now: Date): boolean {
  return acceptedAt === null && revokedAt === null && expiresAt > now;
}
