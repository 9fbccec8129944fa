import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Availability, NotificationSettings, Role } from '../../../contracts/tenants.js';
import { AccountEntity } from './account.entity.js';

@Entity('agents')
export class AgentEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('uuid')
  accountId: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn({ name: 'account_id' })
  account: AccountEntity;

  @Column('varchar')
  role: Role;

  @Column('varchar')
  name: string;

  @Column('varchar', { nullable: true })
  avatarUrl: string | null;

  @Column('varchar')
  availability: Availability;

  @Column('varchar', { nullable: true })
  statusText: string | null;

  /** What they have chosen; the rest follows the defaults. */
  @Column('jsonb', { default: {} })
  notifications: Partial<NotificationSettings>;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  signedInAt: Date | null;

  @Column('timestamptz', { nullable: true })
  disabledAt: Date | null;
}
