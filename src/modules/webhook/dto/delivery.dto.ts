import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';
import { NextCursorField, PageQueryDto } from '../../../common/http/page.js';
import type {
  DeliveryAttemptView,
  DeliveryState,
  WebhookDeliveryDetailView,
  WebhookDeliveryView,
  WebhookEventType,
} from '../../../contracts/webhooks.js';
import type { Attempt, Delivery } from '../delivery.js';
import type { ListedDelivery } from '../delivery.repository.js';
import { EVENT_TYPES } from '../webhook.js';

const STATES = ['pending', 'delivered', 'failed'] as const;

export class ListDeliveriesDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only those in this state', enum: STATES, example: 'failed' })
  @Optional()
  @IsIn(STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({
    description: 'Only those of this type',
    enum: EVENT_TYPES,
    example: 'message.created',
  })
  @Optional()
  @IsIn(EVENT_TYPES)
  type?: WebhookEventType;
}

export class DeliveryAttemptDto implements DeliveryAttemptView {
  @ApiProperty({ description: 'When it began', example: '2026-11-20T09:00:00.000Z' })
  at: string;

  @ApiProperty({
    description: 'Of the answer; null when none came',
    type: Number,
    nullable: true,
    example: 200,
  })
  status: number | null;

  @ApiProperty({
    description:
      'Why it did not arrive: `status` (not 2xx), `timeout`, `network`, `address` (not public) or `url`; `reply`: it arrived, but what the bot answered was no good',
    type: String,
    nullable: true,
    example: null,
  })
  error: string | null;

  @ApiProperty({ description: 'How long it took', example: 48 })
  durationMs: number;

  @ApiProperty({
    description: 'The first 1,000 characters of the answer',
    type: String,
    nullable: true,
    example: 'ok',
  })
  response: string | null;
}

export class WebhookDeliveryDto implements WebhookDeliveryView {
  @ApiProperty({
    description: 'The `webhook-id` under which it is sent, the same at each try',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11',
  })
  id: string;

  @ApiProperty({ description: 'What it tells', enum: EVENT_TYPES, example: 'message.created' })
  type: WebhookEventType;

  @ApiProperty({ description: 'Where it stands', enum: STATES, example: 'delivered' })
  state: DeliveryState;

  @ApiProperty({ description: 'The newest 20, oldest first', type: [DeliveryAttemptDto] })
  attempts: DeliveryAttemptDto[];

  @ApiProperty({ description: 'When it is tried next', type: String, nullable: true, example: null })
  nextAttemptAt: string | null;

  @ApiProperty({ description: 'When it was recorded', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto implements WebhookDeliveryDetailView {
  @ApiProperty({
    description: 'What was or will be sent, to the letter',
    example: '{"type":"webhook.test","timestamp":"2026-11-20T09:00:00.000Z"}',
  })
  body: string;
}

export class WebhookDeliveryPageDto {
  @ApiProperty({ description: 'Newest first', type: [WebhookDeliveryDto] })
  items: WebhookDeliveryDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toDeliveryView(delivery: ListedDelivery): WebhookDeliveryView {
  return {
    id: delivery.id,
    type: delivery.type,
    state: delivery.state,
    attempts: delivery.attempts.map(toAttemptView),
    nextAttemptAt: delivery.due?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
  };
}

export function toDeliveryDetailView(delivery: Delivery): WebhookDeliveryDetailView {
  return { ...toDeliveryView(delivery), body: delivery.body };
}

function toAttemptView({ at, status, error, durationMs, response }: Attempt): DeliveryAttemptView {
  return { at: at.toISOString(), status, error, durationMs, response };
}
