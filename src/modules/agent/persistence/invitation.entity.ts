import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../../../contracts/tenants.js';

@Entity('invitations')
export class InvitationEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('citext')
  email: string;

  @Column('varchar')
  role: Role;

  @Column('uuid')
  invitedBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  acceptedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  mailedAt: Date | null;
}
