import type { PipeTransform } from '@nestjs/common';
import { NotFound } from '../errors/common.errors.js';
import { isId } from '../ids.js';

/** `@Param('id', new IdParam('agent'))`: what cannot be an id of ours is not found, without asking a store. */
export class IdParam implements PipeTransform<unknown, string> {
  constructor(private readonly area: string) {}

  transform(value: unknown): string {
    if (typeof value !== 'string' || !isId(value)) throw new NotFound(this.area);
    return value;
  }
}
