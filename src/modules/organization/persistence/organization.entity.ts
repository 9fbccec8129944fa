import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrganizationSettings } from '../../../contracts/tenants.js';

@Entity('organizations')
export class OrganizationEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('varchar')
  name: string;

  @Column('varchar')
  slug: string;

  @Column('jsonb')
  settings: OrganizationSettings;

  @Column('timestamptz')
  createdAt: Date;
}
