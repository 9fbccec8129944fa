import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WebhookDisabledReason, WebhookEventType } from '../../../contracts/webhooks.js';

@Entity('webhook_endpoints')
export class WebhookEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  organizationId: string;

  @Column('uuid')
  environmentId: string;

  @Column('varchar')
  name: string;

  @Column('varchar')
  url: string;

  @Column('varchar', { nullable: true })
  description: string | null;

  @Column('text', { array: true })
  events: WebhookEventType[];

  @Column('boolean')
  includesNotes: boolean;

  @Column('boolean')
  isBot: boolean;

  @Column('bytea')
  secret: Buffer;

  @Column('bytea', { name: 'previous_secret', nullable: true })
  previousSecrets: Buffer | null;

  @Column('timestamptz', { nullable: true })
  previousSecretUntil: Date | null;

  @Column('varchar')
  status: 'enabled' | 'disabled';

  @Column('varchar', { nullable: true })
  disabledReason: WebhookDisabledReason | null;

  @Column('timestamptz', { nullable: true })
  failingSince: Date | null;

  /** It was disabled by itself, and nobody has been told yet. */
  @Column('boolean')
  noticePending: boolean;

  @Column('timestamptz')
  createdAt: Date;
}
