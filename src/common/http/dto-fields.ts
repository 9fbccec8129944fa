import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

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
