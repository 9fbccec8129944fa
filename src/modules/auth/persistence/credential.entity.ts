import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('credentials')
export class CredentialEntity {
  @PrimaryColumn('uuid')
  accountId: string;

  @Column('varchar')
  passwordHash: string;

  @Column('timestamptz')
  changedAt: Date;
}
