import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, Matches, MaxLength, ValidateIf } from 'class-validator';

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

/** An absolute https address, e.g. of a picture. */
export function HttpsUrlField(): PropertyDecorator {
  return applyDecorators(
    MaxLength(1000),
    Matches(/^https:\/\/[^\s/]+(\/\S*)?$/, { message: 'must be an https address' }),
  );
}
