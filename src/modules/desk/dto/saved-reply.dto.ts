import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import { NextCursorField, PageQueryDto } from '../../../common/http/page.js';
import type { SavedReplyView } from '../../../contracts/tenants.js';
import { SHORTCUT, shortcutOf, type SavedReply } from '../saved-reply.js';

const SHORTCUT_DOC = {
  description: 'Letters and digits of any language, `-` and `_`; unique in the organization',
  example: 'refund',
  maxLength: 40,
};
const SHORTCUT_RULE = { message: 'must be letters, digits, - and _ only, at most 40' };
const TITLE = { description: 'What it is', example: 'How refunds work', maxLength: 120 };
const CONTENT = {
  description: 'Markdown; `{{user.name}}` and `{{agent.name}}` stand for the people',
  example: 'Hello {{user.name}}, your money is back within a day.',
  maxLength: 8000,
};

function InOneSpelling(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? shortcutOf(value) : value,
  );
}

export class SavedRepliesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    description: 'A part of shortcut, title or text, in any language',
    example: 'ref',
    maxLength: 100,
  })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(100)
  query?: string;
}

export class CreateSavedReplyDto {
  @ApiProperty(SHORTCUT_DOC)
  @InOneSpelling()
  @IsString()
  @Matches(SHORTCUT, SHORTCUT_RULE)
  shortcut: string;

  @ApiProperty(TITLE)
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  title: string;

  @ApiProperty(CONTENT)
  @IsString()
  @MinLength(1)
  @MaxLength(8000)
  content: string;
}

export class UpdateSavedReplyDto {
  @ApiPropertyOptional(SHORTCUT_DOC)
  @Optional()
  @InOneSpelling()
  @IsString()
  @Matches(SHORTCUT, SHORTCUT_RULE)
  shortcut?: string;

  @ApiPropertyOptional(TITLE)
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  title?: string;

  @ApiPropertyOptional(CONTENT)
  @Optional()
  @IsString()
  @MinLength(1)
  @MaxLength(8000)
  content?: string;
}

export class SavedReplyDto implements SavedReplyView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty(SHORTCUT_DOC)
  shortcut: string;

  @ApiProperty(TITLE)
  title: string;

  @ApiProperty(CONTENT)
  content: string;

  @ApiProperty({ description: 'When it was last changed', example: '2026-11-20T09:00:00.000Z' })
  updatedAt: string;
}

export class SavedReplyPageDto {
  @ApiProperty({
    description: 'Those whose shortcut begins with the query first, then by shortcut',
    type: [SavedReplyDto],
  })
  items: SavedReplyDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toSavedReplyView({ id, shortcut, title, content, updatedAt }: SavedReply): SavedReplyView {
  return { id, shortcut, title, content, updatedAt: updatedAt.toISOString() };
}
