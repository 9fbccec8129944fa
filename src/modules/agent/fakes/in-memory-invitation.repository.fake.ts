import type { Scope } from '../../../common/access/principal.js';
import { InvitationRepository } from '../invitation.repository.js';
import { isOpen, type Invitation } from '../invitation.js';

export class InMemoryInvitationRepository extends InvitationRepository {
  private readonly invitations = new Map<string, Invitation>();

  async insert(invitation: Invitation): Promise<void> {
    this.invitations.set(invitation.id, { ...invitation });
  }

  async find(id: string): Promise<Invitation | null> {
    const invitation = this.invitations.get(id);
    return invitation ? { ...invitation } : null;
  }

  async pageOpen(
    { organizationId }: Scope,
    now: Date,
    afterId: string | null,
    limit: number,
  ): Promise<Invitation[]> {
    return this.openOnes(now)
      .filter((invitation) => invitation.organizationId === organizationId)
      .filter(({ id }) => id > (afterId ?? ''))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async markAccepted(id: string, at: Date): Promise<boolean> {
    const invitation = this.invitations.get(id);
    if (!invitation || !isOpen(invitation, at)) return false;
    invitation.acceptedAt = at;
    return true;
  }

  async revoke({ organizationId }: Scope, id: string, at: Date): Promise<boolean> {
    const invitation = this.invitations.get(id);
    if (invitation?.organizationId !== organizationId) return false;
    if (invitation.acceptedAt !== null || invitation.revokedAt !== null) return false;
    invitation.revokedAt = at;
    return true;
  }

  async revokeOf({ organizationId }: Scope, email: string, at: Date): Promise<void> {
    for (const invitation of this.invitations.values()) {
      const isLeft = invitation.acceptedAt === null && invitation.revokedAt === null;
      const isOf = invitation.email.toLowerCase() === email.toLowerCase();
      if (isLeft && isOf && invitation.organizationId === organizationId) invitation.revokedAt = at;
    }
  }

  async markMailed(id: string, at: Date): Promise<void> {
    const invitation = this.invitations.get(id);
    if (invitation) invitation.mailedAt = at;
  }

  async listUnmailed(now: Date, madeBefore: Date, limit: number): Promise<Invitation[]> {
    return this.openOnes(now)
      .filter(({ mailedAt, createdAt }) => mailedAt === null && createdAt < madeBefore)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .slice(0, limit);
  }

  private openOnes(now: Date): Invitation[] {
    return [...this.invitations.values()]
      .filter((invitation) => isOpen(invitation, now))
      .map((invitation) => ({ ...invitation }));
  }
}
