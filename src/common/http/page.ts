import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Page } from '../../contracts/common.js';
import { ValidationFailed } from '../errors/common.errors.js';

export class PageQueryDto {
  @ApiPropertyOptional({
    description: 'How many at most',
    minimum: 1,
    maximum: 200,
    default: 50,
    example: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before', maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** Where the next page of a list begins: `cursor` of the next request. */
export function NextCursorField(): PropertyDecorator {
  return ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null at the end',
    example: null,
  });
}

/** The sort values of the last item of a page: opaque to clients, checked when it comes back. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Throws ValidationFailed when it is none of ours. */
export function decodeCursor(cursor: string, length: number): string[] {
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== length ||
    !values.every((value) => typeof value === 'string')
  ) {
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  }
  return values;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Makes a page of what was read with one item more than asked for. */
export function toPage<T>(
  found: readonly T[],
  limit: number,
  cursorOf: (item: T) => readonly string[],
): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
