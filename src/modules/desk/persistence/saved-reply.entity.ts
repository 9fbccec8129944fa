import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('saved_replies')
export class SavedReplyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('varchar')
  shortcut: string;

  @Column('varchar')
  title: string;

  @Column('varchar')
  content: string;

  @Column('timestamptz')
  updatedAt: Date;
}
