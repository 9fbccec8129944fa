import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SavedViewFilter } from '../../../contracts/tenants.js';

@Entity('saved_views')
export class SavedViewEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('uuid')
  agentId: string;

  @Column('varchar')
  name: string;

  @Column('jsonb')
  filter: SavedViewFilter;

  @Column('integer')
  position: number;

  @Column('timestamptz')
  createdAt: Date;
}
