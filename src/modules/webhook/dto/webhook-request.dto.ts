import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import type { WebhookEventType } from '../../../contracts/webhooks.js';
import { SUBSCRIBABLE } from '../webhook.js';

export class CreateWebhookDto {
  @ApiProperty({
    description: 'https, at the usual port, and on the public internet',
    example: 'https://shop.example/hooks',
    maxLength: 2000,
  })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  url: string;

  @ApiPropertyOptional({
    description: 'What it is called, and what a bot answers as; the host of the URL when left out',
    example: 'Order system',
    maxLength: 80,
  })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({
    description: 'For those who manage it',
    type: String,
    nullable: true,
    example: 'Opens a ticket for each new conversation',
    maxLength: 500,
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @ApiPropertyOptional({
    description: 'What it is told; all when left out or empty',
    enum: SUBSCRIBABLE,
    isArray: true,
    example: ['message.created'],
    maxItems: SUBSCRIBABLE.length,
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(SUBSCRIBABLE.length)
  @ArrayUnique()
  @IsIn(SUBSCRIBABLE, { each: true })
  events?: WebhookEventType[];

  @ApiPropertyOptional({
    description: 'Is told what users say and nothing else, and may answer it in its name',
    example: false,
  })
  @Optional()
  @IsBoolean()
  isBot?: boolean;

  @ApiPropertyOptional({ description: 'Is told notes between agents too', example: false })
  @Optional()
  @IsBoolean()
  includesNotes?: boolean;
}

export class UpdateWebhookDto extends PartialType(CreateWebhookDto, { skipNullProperties: false }) {
  @ApiPropertyOptional({
    description: 'Enabling forgets failures, as another URL does; disabling ends what waits for it',
    enum: ['enabled', 'disabled'],
    example: 'enabled',
  })
  @Optional()
  @IsIn(['enabled', 'disabled'])
  status?: 'enabled' | 'disabled';
}
