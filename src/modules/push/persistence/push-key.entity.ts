import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('push_keys')
export class PushKeyEntity {
  @PrimaryColumn('smallint')
  id: number;

  @Column('varchar')
  publicKey: string;

  @Column('bytea')
  sealedPrivateKey: Buffer;

  @Column('timestamptz')
  createdAt: Date;
}
