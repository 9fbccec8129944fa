import { ApiProperty } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import type {
  CreatedWebhookView,
  WebhookDisabledReason,
  WebhookEventType,
  WebhookView,
} from '../../../contracts/webhooks.js';
import { SUBSCRIBABLE, type Webhook } from '../webhook.js';

export class WebhookDto implements WebhookView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Its environment', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a12' })
  environmentId: string;

  @ApiProperty({ description: 'What it is called, and what a bot answers as', example: 'Order system' })
  name: string;

  @ApiProperty({ description: 'Where it is told', example: 'https://shop.example/hooks' })
  url: string;

  @ApiProperty({ description: 'For those who manage it', type: String, nullable: true, example: null })
  description: string | null;

  @ApiProperty({
    description: 'What it is told; empty: all of them',
    enum: SUBSCRIBABLE,
    isArray: true,
    example: ['message.created'],
  })
  events: WebhookEventType[];

  @ApiProperty({ description: 'Is told what users say, and may answer', example: false })
  isBot: boolean;

  @ApiProperty({ description: 'Is told notes between agents too', example: false })
  includesNotes: boolean;

  @ApiProperty({ description: 'Is it told anything?', enum: ['enabled', 'disabled'], example: 'enabled' })
  status: 'enabled' | 'disabled';

  @ApiProperty({
    description: 'Why not: by hand, because it answered 410, or because nothing arrived for three days',
    enum: ['manual', 'gone', 'failing'],
    nullable: true,
    example: null,
  })
  disabledReason: WebhookDisabledReason | null;

  @ApiProperty({
    description: 'Since then nothing has arrived',
    type: String,
    nullable: true,
    example: null,
  })
  failingSince: string | null;

  @ApiProperty({
    description: 'Until then deliveries are signed with the secret before as well',
    type: String,
    nullable: true,
    example: null,
  })
  previousSecretUntil: string | null;

  @ApiProperty({ description: 'When it was made', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;
}

export class CreatedWebhookDto extends WebhookDto implements CreatedWebhookView {
  @ApiProperty({
    description: 'What deliveries are signed with; shown this once',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  })
  secret: string;
}

export class WebhookSecretDto {
  @ApiProperty({
    description: 'What deliveries are signed with from now on; shown this once',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  })
  secret: string;
}

export class WebhookPageDto {
  @ApiProperty({ description: 'Oldest first', type: [WebhookDto] })
  items: WebhookDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toWebhookView(webhook: Webhook): WebhookView {
  return {
    id: webhook.id,
    environmentId: webhook.environmentId,
    name: webhook.name,
    url: webhook.url,
    description: webhook.description,
    events: webhook.events,
    isBot: webhook.isBot,
    includesNotes: webhook.includesNotes,
    status: webhook.status,
    disabledReason: webhook.disabledReason,
    failingSince: webhook.failingSince?.toISOString() ?? null,
    previousSecretUntil: webhook.previousSecretUntil?.toISOString() ?? null,
    createdAt: webhook.createdAt.toISOString(),
  };
}
