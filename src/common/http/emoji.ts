import type { PipeTransform } from '@nestjs/common';
import { Matches } from 'class-validator';
import { ValidationFailed } from '../errors/common.errors.js';

/** One emoji as people see it, whatever it is put together from; not every engine reads the flag in a literal. */
const ONE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');
const MUST = 'must be one emoji';

export function IsEmoji(): PropertyDecorator {
  return Matches(ONE_EMOJI, { message: MUST });
}

/** `@Param('emoji', new EmojiParam())` */
export class EmojiParam implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value !== 'string' || !ONE_EMOJI.test(value)) {
      throw new ValidationFailed([{ path: 'emoji', message: MUST }]);
    }
    return value;
  }
}
