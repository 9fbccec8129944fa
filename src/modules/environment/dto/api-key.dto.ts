import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { API_KEY_SCOPES } from '../../../common/access/permissions.js';
import { Optional, TimeField, Trimmed } from '../../../common/http/dto-fields.js';
import { NextCursorField } from '../../../common/http/page.js';
import type { ApiKeyView, CreatedApiKeyView } from '../../../contracts/tenants.js';
import type { ApiKey } from '../api-key.js';

export class CreateApiKeyDto {
  @ApiProperty({ description: 'What it is for', example: 'Order system', maxLength: 60 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  name: string;

  @ApiPropertyOptional({
    description: 'What it may do; all when left out',
    enum: API_KEY_SCOPES,
    isArray: true,
  })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(API_KEY_SCOPES.length)
  @ArrayUnique()
  @IsIn(API_KEY_SCOPES, { each: true })
  scopes?: string[];

  @ApiPropertyOptional({ description: 'Good until; for ever when left out', example: '2027-12-31T00:00:00Z' })
  @Optional()
  @TimeField()
  expiresAt?: string;
}

export class ApiKeyDto implements ApiKeyView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'What it is for', example: 'Order system' })
  name: string;

  @ApiProperty({ description: 'Goes into `X-API-Key`', example: 'ak_T4bN7aLkJ2eyV3s0Zr1Q' })
  apiKey: string;

  @ApiProperty({
    description: 'What it may do',
    enum: API_KEY_SCOPES,
    isArray: true,
    example: ['users:read'],
  })
  scopes: string[];

  @ApiProperty({
    description: 'Good until',
    type: String,
    nullable: true,
    example: '2027-12-31T00:00:00.000Z',
  })
  expiresAt: string | null;

  @ApiProperty({ description: 'Last use, give or take', type: String, nullable: true, example: null })
  lastUsedAt: string | null;

  @ApiProperty({ description: 'When it was made', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;
}

export class CreatedApiKeyDto extends ApiKeyDto implements CreatedApiKeyView {
  @ApiProperty({ description: 'Goes into `X-API-Secret`; shown this once', example: 'sk_8Jr1...' })
  apiSecret: string;
}

export class ApiKeyPageDto {
  @ApiProperty({ description: 'Oldest first', type: [ApiKeyDto] })
  items: ApiKeyDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toApiKeyView(apiKey: ApiKey): ApiKeyView {
  return {
    id: apiKey.id,
    name: apiKey.name,
    apiKey: apiKey.apiKey,
    scopes: apiKey.scopes,
    expiresAt: apiKey.expiresAt?.toISOString() ?? null,
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
    createdAt: apiKey.createdAt.toISOString(),
  };
}
