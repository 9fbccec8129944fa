import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import type { Scope } from '../../../common/access/principal.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { InvitationRepository } from '../invitation.repository.js';
import type { Invitation } from '../invitation.js';
import { InvitationEntity } from './invitation.entity.js';

@Injectable()
export class TypeormInvitationRepository extends InvitationRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(invitation: Invitation): Promise<void> {
    await this.manager.insert(InvitationEntity, { ...invitation });
  }

  async find(id: string): Promise<Invitation | null> {
    const row = await this.manager.findOneBy(InvitationEntity, { id });
    return row && toInvitation(row);
  }

  async pageOpen(
    { organizationId }: Scope,
    now: Date,
    afterId: string | null,
    limit: number,
  ): Promise<Invitation[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const rows = await this.manager.find(InvitationEntity, {
      where: {
        organizationId,
        acceptedAt: IsNull(),
        revokedAt: IsNull(),
        expiresAt: MoreThan(now),
        ...after,
      },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toInvitation);
  }

  async markAccepted(id: string, at: Date): Promise<boolean> {
    const open = { id, acceptedAt: IsNull(), revokedAt: IsNull(), expiresAt: MoreThan(at) };
    const { affected } = await this.manager.update(InvitationEntity, open, { acceptedAt: at });
    return affected === 1;
  }

  async revoke({ organizationId }: Scope, id: string, at: Date): Promise<boolean> {
    const open = { id, organizationId, acceptedAt: IsNull(), revokedAt: IsNull() };
    const { affected } = await this.manager.update(InvitationEntity, open, { revokedAt: at });
    return affected === 1;
  }

  async revokeOf({ organizationId }: Scope, email: string, at: Date): Promise<void> {
    const open = { organizationId, email, acceptedAt: IsNull(), revokedAt: IsNull() };
    await this.manager.update(InvitationEntity, open, { revokedAt: at });
  }

  async markMailed(id: string, at: Date): Promise<void> {
    await this.manager.update(InvitationEntity, { id }, { mailedAt: at });
  }

  async listUnmailed(now: Date, madeBefore: Date, limit: number): Promise<Invitation[]> {
    const rows = await this.manager.find(InvitationEntity, {
      where: {
        mailedAt: IsNull(),
        acceptedAt: IsNull(),
        revokedAt: IsNull(),
        createdAt: LessThan(madeBefore),
        expiresAt: MoreThan(now),
      },
      order: { createdAt: 'ASC' },
      take: limit,
    });
    return rows.map(toInvitation);
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

function toInvitation(row: InvitationEntity): Invitation {
  return {
    id: row.id,
    organizationId: row.organizationId,
    email: row.email,
    role: row.role,
    invitedBy: row.invitedBy,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    acceptedAt: row.acceptedAt,
    revokedAt: row.revokedAt,
    mailedAt: row.mailedAt,
  };
}
