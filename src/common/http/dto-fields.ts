import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsISO8601,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';

/** May be left out, but must not be `null`: class-validator's own IsOptional lets null through to the store. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Without the white space around it. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

/** One spelling per mailbox, so that it is found again however it was typed. */
export function EmailField(): PropertyDecorator {
  const normalize = ({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() : value;
  return applyDecorators(Transform(normalize), MaxLength(254), IsEmail());
}

/**
 * A moment, in UTC where it names no zone. Of what ISO 8601 allows, weeks and the like are refused: `Date` reads none of
 * them.
 */
export function TimeField(): PropertyDecorator {
  const inUtc = ({ value }: { value: unknown }) =>
    typeof value === 'string' && /T[\d:.]+$/.test(value) ? `${value}Z` : value;
  const validate = (value: string) => !Number.isNaN(Date.parse(value));
  const isReadable = ValidateBy({
    name: 'isReadable',
    validator: { validate, defaultMessage: () => 'must be a time such as 2027-01-04T00:00:00Z' },
  });
  const isIso = IsISO8601({ strict: true, strictSeparator: true });
  return applyDecorators(Transform(inUtc), MaxLength(40), isIso, isReadable);
}

/** As many as a user can have. */
export function TagsField(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: 30, description, example: ['vip'] }),
    Optional(),
    IsArray(),
    ArrayMaxSize(30),
    IsString({ each: true }),
    MaxLength(50, { each: true }),
  );
}

/** An absolute https address, e.g. of a picture. */
export function HttpsUrlField(): PropertyDecorator {
  return applyDecorators(
    MaxLength(1000),
    Matches(/^https:\/\/[^\s/]+(\/\S*)?$/, { message: 'must be an https address' }),
  );
}
