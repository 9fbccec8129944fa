import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('push_subscriptions')
export class PushSubscriptionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('uuid')
  agentId: string;

  @Column('uuid')
  sessionId: string;

  @Column('varchar')
  endpoint: string;

  @Column('varchar')
  p256dh: string;

  @Column('varchar')
  auth: string;

  @Column('varchar', { nullable: true })
  userAgent: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
