import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import { NextCursorField } from '../../../common/http/page.js';
import type { Page } from '../../../contracts/common.js';
import type { EventProperties, TrackedEventView, TrackEventBody } from '../../../contracts/users.js';

export class TrackEventDto implements TrackEventBody {
  @ApiProperty({ description: 'What happened', example: 'order_placed', minLength: 1, maxLength: 60 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  @Matches(/^\P{Cc}*$/u, { message: 'must have visible characters only' })
  name: string;

  /** The names and values inside are checked by the rules of events (tracked-event.ts). */
  @ApiPropertyOptional({
    description: 'Flat: texts, numbers, true, false or null; 2 KB in all',
    type: 'object',
    additionalProperties: true,
    example: { total: 39_500, currency: 'KRW' },
  })
  @Optional()
  @IsObject()
  properties?: EventProperties;
}

export class TrackedEventDto implements TrackedEventView {
  @ApiProperty({ description: 'Opaque', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'What happened', example: 'order_placed' })
  name: string;

  @ApiProperty({
    description: 'As the page told it',
    type: 'object',
    additionalProperties: true,
    example: { total: 39_500, currency: 'KRW' },
  })
  properties: EventProperties;

  @ApiProperty({ description: 'When', example: '2026-11-20T09:12:00.000Z' })
  at: string;
}

export class TrackedEventPageDto implements Page<TrackedEventView> {
  @ApiProperty({ type: [TrackedEventDto], description: 'Newest first' })
  items: TrackedEventDto[];

  @NextCursorField()
  nextCursor: string | null;
}
