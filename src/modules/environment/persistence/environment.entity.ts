import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EnvironmentSettings, IdentityVerification } from '../../../contracts/tenants.js';

@Entity('environments')
export class EnvironmentEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('varchar')
  name: string;

  @Column('varchar')
  pluginKey: string;

  @Column('text', { array: true })
  allowedOrigins: string[];

  @Column('varchar')
  identityVerification: IdentityVerification;

  @Column('bytea', { nullable: true })
  identitySecret: Buffer | null;

  @Column('timestamptz', { nullable: true })
  identitySecretRotatedAt: Date | null;

  @Column('jsonb')
  settings: EnvironmentSettings;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  removedAt: Date | null;
}
