import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('accounts')
export class AccountEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('citext')
  email: string;

  @Column('timestamptz')
  createdAt: Date;
}
