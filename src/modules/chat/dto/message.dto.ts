import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';
import { PageQueryDto } from '../../../common/http/page.js';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';
import type {
  EditMessageBody,
  ReviewDecision,
  ReviewMessageBody,
  SendMessageBody,
} from '../../../contracts/chat.js';

export const EXAMPLE_ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
/** UTF-16 units; the service counts characters and bytes. */
export const CONTENT_UNITS = 16_000;
export const CLIENT_ID = /^[\w.:-]{1,64}$/;
export const CLIENT_ID_RULE = { message: 'must be 1 to 64 letters, digits or . _ : -' };

/** What a sender says, wherever it is said. */
export class SaidDto implements SendMessageBody {
  @ApiProperty({
    description: 'The text, at most 8,000 characters and 32 KB; may be empty where there are files',
    example: '안녕하세요, 교환하고 싶어요.',
  })
  @IsString()
  @MaxLength(CONTENT_UNITS)
  content: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Files that you uploaded before and did not yet send',
    example: [],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  attachmentIds?: string[];

  @ApiPropertyOptional({ type: [PrincipalRefDto], description: 'Who is meant in particular' })
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PrincipalRefDto)
  mentions?: PrincipalRefDto[];

  @ApiPropertyOptional({ description: 'Groups and channels: everybody is meant', example: false })
  @Optional()
  @IsBoolean()
  mentionsAll?: boolean;

  @ApiPropertyOptional({ description: 'The message at the root of the thread', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  threadRootId?: string;

  @ApiPropertyOptional({
    description: 'With `threadRootId`: show it in the conversation as well',
    example: false,
  })
  @Optional()
  @IsBoolean()
  alsoInConversation?: boolean;

  @ApiPropertyOptional({ description: 'The message that this one answers', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  replyToId?: string;

  @ApiPropertyOptional({ description: 'A note between agents, never shown to the user', example: false })
  @Optional()
  @IsBoolean()
  private?: boolean;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Your own data, at most 4 KB',
    example: { orderId: 'A-1001' },
  })
  @Optional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

/** By a route, or first in a conversation. */
export class SendMessageDto extends SaidDto {
  @ApiPropertyOptional({
    description:
      'Made by the sender before the first try, the same on each retry; never sent twice, for ever',
    example: '8f14e45f-ceea-467f-a9b4-3c8e1b0f2c11',
  })
  @Optional()
  @IsString()
  @Matches(CLIENT_ID, CLIENT_ID_RULE)
  clientMessageId?: string;
}

export class EditMessageDto implements EditMessageBody {
  @ApiProperty({
    description: 'The new text, at most 8,000 characters and 32 KB',
    example: '내일 오전에 도착합니다.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(CONTENT_UNITS)
  content: string;

  @ApiPropertyOptional({ type: [PrincipalRefDto], description: 'Who is meant; left out: as before' })
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PrincipalRefDto)
  mentions?: PrincipalRefDto[];

  @ApiPropertyOptional({ description: 'Everybody is meant; left out: as before', example: false })
  @Optional()
  @IsBoolean()
  mentionsAll?: boolean;
}

export class ReviewMessageDto implements ReviewMessageBody {
  @ApiProperty({
    enum: ['approve', 'reject'],
    description: '`approve` shows it to all, as if it were said now; `reject` deletes it',
    example: 'approve',
  })
  @IsIn(['approve', 'reject'])
  decision: ReviewDecision;
}

export class HeldMessagesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only of this environment', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;
}

export class HistoryQueryDto {
  @ApiPropertyOptional({ description: 'Only older ones than this number', example: 120 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  beforeSeq?: number;

  @ApiPropertyOptional({ description: 'Only newer ones than this number', example: 70 })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterSeq?: number;

  @ApiPropertyOptional({
    description:
      'Half of the page up to this number, the other half after it; without `beforeSeq` and `afterSeq`',
    example: 70,
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  aroundSeq?: number;

  @ApiPropertyOptional({
    description: 'Only the replies in the thread under this message',
    example: EXAMPLE_ID,
  })
  @Optional()
  @IsString()
  @MaxLength(64)
  threadRootId?: string;

  @ApiPropertyOptional({
    description: 'How many at most',
    minimum: 1,
    maximum: 200,
    default: 50,
    example: 50,
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}

export class SyncQueryDto {
  @ApiProperty({ description: 'The highest `seq` that you hold; 0 for none', example: 118 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterSeq = 0;

  @ApiProperty({ description: 'The highest `rev` that you hold; 0 for none', example: 4 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterRev = 0;
}
