import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { Optional, TimeField, Trimmed } from '../../../common/http/dto-fields.js';
import { NextCursorField, PageQueryDto } from '../../../common/http/page.js';
import type { ConversationKind, FoundMessageView } from '../../../contracts/chat.js';
import { MessageDto, PlaceDto } from './message-response.dto.js';
import { EXAMPLE_ID } from './message.dto.js';

const KINDS: ConversationKind[] = ['support', 'direct', 'group', 'channel'];

export class SearchMessagesQueryDto extends PageQueryDto {
  @ApiProperty({ description: 'Words, parts of words, or "phrases in quotes"', example: '교환 "내일 오전"' })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  query: string;

  @ApiPropertyOptional({ description: 'Only in this conversation', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  conversationId?: string;

  @ApiPropertyOptional({
    description: 'Only from this sender: a user, an agent or a bot',
    example: EXAMPLE_ID,
  })
  @Optional()
  @IsString()
  @MaxLength(64)
  senderId?: string;

  @ApiPropertyOptional({ enum: KINDS, description: 'Only in conversations of this kind', example: 'support' })
  @Optional()
  @IsIn(KINDS)
  kind?: ConversationKind;

  @ApiPropertyOptional({ description: 'Not before this time', example: '2026-11-01T00:00:00.000Z' })
  @Optional()
  @TimeField()
  from?: string;

  @ApiPropertyOptional({ description: 'Before this time', example: '2026-12-01T00:00:00.000Z' })
  @Optional()
  @TimeField()
  to?: string;
}

export class SnippetDto {
  @ApiProperty({ description: 'The text around the first place', example: '제품 교환 문의입니다' })
  text: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
    description: 'Where in it the words stand: start and end, in UTF-16 units',
    example: [[3, 5]],
  })
  ranges: [number, number][];
}

export class FoundMessageDto implements FoundMessageView {
  @ApiProperty({ type: MessageDto, description: 'The message as it is now' })
  message: MessageDto;

  @ApiProperty({ type: PlaceDto, description: 'Where it was said' })
  conversation: PlaceDto;

  @ApiProperty({ type: SnippetDto, description: 'What to show of it' })
  snippet: SnippetDto;
}

export class FoundMessagePageDto {
  @ApiProperty({ type: [FoundMessageDto], description: 'Newest first' })
  items: FoundMessageDto[];

  @NextCursorField()
  nextCursor: string | null;
}
