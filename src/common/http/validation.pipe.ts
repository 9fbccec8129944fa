import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import type { FieldFault } from '../../contracts/common.js';
import { ValidationFailed } from '../errors/common.errors.js';
import { findUncleanJson } from './clean-json.js';

/** A refusal tells what to mend, not more than was sent. */
const MAX_FAULTS = 50;
const MAX_PATH = 200;
const PLAIN = new Set<unknown>([String, Boolean, Number, Array, Object, Promise]);

/** Turns what came in into its DTO, or throws ValidationFailed with a path for each fault. Routes and events alike. */
@Injectable()
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    const unclean = findUncleanJson(value);
    if (unclean) throw refusal([unclean]);
    if (!metatype || PLAIN.has(metatype)) return value;
    return this.toDto(value, metatype);
  }

  private async toDto(value: unknown, metatype: new () => object): Promise<object> {
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new ValidationFailed([{ path: '', message: 'must be an object' }]);
    }
    const dto = plainToInstance(metatype, value ?? {}, { exposeDefaultValues: true });
    const errors = await validate(dto, {
      whitelist: true,
      forbidNonWhitelisted: true,
      // A class without a rule is one without a field, not an unknown value.
      forbidUnknownValues: hasRules(metatype),
      stopAtFirstError: true,
    });
    if (errors.length > 0) throw refusal(errors.flatMap((error) => faultsOf(error)));
    return dto;
  }
}

function hasRules(metatype: new () => object): boolean {
  return getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false).length > 0;
}

function refusal(faults: FieldFault[]): ValidationFailed {
  const told = faults.slice(0, MAX_FAULTS);
  return new ValidationFailed(
    told.map(({ path, message }) => ({
      path: path.slice(0, MAX_PATH).toWellFormed(),
      message: message.slice(0, 2 * MAX_PATH),
    })),
  );
}

/** Of what is not there, no rule but this one says anything of use. */
function missing(value: unknown): string | undefined {
  if (value === undefined) return 'is required';
  return value === null ? 'must not be null' : undefined;
}

function faultsOf(error: ValidationError, parent = ''): FieldFault[] {
  // What is no object of a kind that could be checked, such as bytes, has no property to name.
  const path = parent ? `${parent}.${error.property}` : (error.property ?? '');
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    path,
    message: missing(error.value) ?? message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}
