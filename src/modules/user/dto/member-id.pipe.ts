import type { PipeTransform } from '@nestjs/common';
import { ValidationFailed } from '../../../common/errors/common.errors.js';

const MAX_LENGTH = 200;

/** The company's own id: any visible text. */
export class MemberIdParam implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (
      typeof value === 'string' &&
      value.trim() !== '' &&
      value.length <= MAX_LENGTH &&
      !/\p{Cc}/u.test(value)
    ) {
      return value;
    }
    throw new ValidationFailed([
      { path: 'memberId', message: `must have 1 to ${MAX_LENGTH} visible characters` },
    ]);
  }
}
