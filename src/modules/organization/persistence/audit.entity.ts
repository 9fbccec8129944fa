import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_log')
export class AuditEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('varchar')
  actorType: string;

  @Column('uuid')
  actorId: string;

  @Column('varchar')
  action: string;

  @Column('varchar')
  targetType: string;

  @Column('uuid')
  targetId: string;

  @Column('jsonb')
  details: Record<string, string | number | boolean | null>;

  @Column('varchar', { nullable: true })
  requestId: string | null;

  @Column('timestamptz')
  at: Date;
}
