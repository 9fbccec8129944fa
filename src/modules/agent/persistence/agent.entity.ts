import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type {
  Availability,
  Language,
  NotificationSettings,
  Role,
  Theme,
} from '../../../contracts/tenants.js';
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

  @Column('varchar', { nullable: true })
  avatarKey: string | null;

  @Column('varchar')
  availability: Availability;

  @Column('varchar', { nullable: true })
  statusText: string | null;

  @Column('varchar', { nullable: true })
  statusEmoji: string | null;

  @Column('timestamptz', { nullable: true })
  statusExpiresAt: Date | null;

  @Column('varchar', { nullable: true })
  language: Language | null;

  @Column('varchar', { nullable: true })
  timeZone: string | null;

  @Column('varchar')
  theme: Theme;

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
