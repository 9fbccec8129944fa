import type { INestApplication } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ApiRoute, Schema } from './api-routes.js';

type Dto = new () => object;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** What each socket event takes, read from its handler: the document names events, not their fields. */
export function readSocketEvents(app: INestApplication): Record<string, Schema> {
  const gateways = app
    .get(DiscoveryService)
    .getProviders()
    .flatMap(({ instance }) => (instance ? [Object.getPrototypeOf(instance) as object] : []));
  return Object.fromEntries(gateways.flatMap((prototype) => [...eventsOf(prototype)]));
}

function* eventsOf(prototype: object): Generator<[event: string, schema: Schema]> {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== 'function' || !Reflect.getMetadata('websockets:message_mapping', value)) continue;
    const taken = Reflect.getMetadata('design:paramtypes', prototype, name) as Dto[];
    const dto = taken.find((one) => one.name.endsWith('Dto'));
    yield [Reflect.getMetadata('message', value) as string, dto ? rulesOf(dto) : {}];
  }
}

/** The body of a route with the rules of its DTO, of which the document tells only some. */
export function bodyOf({ body }: ApiRoute): Schema | null {
  return body && strict(body, dtosByName());
}

function strict(schema: Schema, dtos: Map<string, Dto>): Schema {
  const dto = dtos.get(schema.title ?? '');
  const rules = dto ? rulesOf(dto) : {};
  const fields = Object.keys({ ...rules.properties, ...schema.properties });
  const fieldOf = (name: string) =>
    strict({ ...schema.properties?.[name], ...rules.properties?.[name] }, dtos);
  return {
    ...schema,
    ...(fields.length > 0 && {
      properties: Object.fromEntries(fields.map((name) => [name, fieldOf(name)])),
    }),
  };
}

function dtosByName(): Map<string, Dto> {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Dto, unknown> };
  return new Map([...storage.validationMetadatas.keys()].map((dto) => [dto.name, dto]));
}

/** As a schema, what class-validator holds a DTO to. */
export function rulesOf(dto: Dto): Schema {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const byField = Object.entries(Object.groupBy(rules, ({ propertyName }) => propertyName));
  const properties = byField.map(([field, own = []]) => [field, fieldSchema(dto, field, own)] as const);
  const required = byField.flatMap(([field, own = []]) => (isNeeded(dto, field, own) ? [field] : []));
  return { type: 'object', properties: Object.fromEntries(properties), required };
}

function fieldSchema(dto: Dto, field: string, rules: Rule[]): Schema {
  const told = (each: boolean): Schema =>
    Object.assign({}, ...rules.filter((rule) => rule.each === each).map(schemaOf)) as Schema;
  const isNested = rules.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
  const whole = { ...told(false), nullable: !isChecked(rules, null) };
  if (whole.type !== 'array') return isNested ? { ...whole, ...innerOf(dto, field, {}) } : whole;
  return { ...whole, items: isNested ? innerOf(dto, field, [{}]) : told(true) };
}

/** Known only to the transformer: it is asked to make one. */
function innerOf(dto: Dto, field: string, plain: object): Schema {
  const made = (plainToInstance(dto, { [field]: plain }) as Record<string, object>)[field];
  const one = Array.isArray(made) ? (made[0] as object) : made;
  return one && one.constructor !== Object ? rulesOf(one.constructor as Dto) : {};
}

function isNeeded(dto: Dto, field: string, rules: Rule[]): boolean {
  return (new dto() as Record<string, unknown>)[field] === undefined && isChecked(rules, undefined);
}

/** False for a value that the field is not checked with, which is then as good as right. */
function isChecked(rules: Rule[], value: unknown): boolean {
  const conditions = rules.filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION);
  return conditions.every(({ constraints: [holds] }) => (holds as Condition)({}, value));
}

type Condition = (object: object, value: unknown) => boolean;

function schemaOf({ name, constraints: [first] = [] }: Rule): Schema {
  switch (name) {
    case 'isString':
      return { type: 'string' };
    case 'isInt':
      return { type: 'integer' };
    case 'isBoolean':
      return { type: 'boolean' };
    case 'isArray':
      return { type: 'array' };
    case 'isObject':
      return { type: 'object' };
    case 'isIn':
      return { enum: first as unknown[] };
    case 'matches':
      return { type: 'string', pattern: (first as RegExp).source };
    case 'isEmail':
      return { type: 'string', format: 'email' };
    case 'isIso8601':
      return { type: 'string', format: 'date-time' };
    default:
      return boundOf(name, first as number);
  }
}

const BOUNDS: Record<string, keyof Schema> = {
  min: 'minimum',
  max: 'maximum',
  minLength: 'minLength',
  maxLength: 'maxLength',
  arrayMinSize: 'minItems',
  arrayMaxSize: 'maxItems',
};

function boundOf(name: string | undefined, value: number): Schema {
  const bound = BOUNDS[name ?? ''];
  return bound ? { [bound]: value } : {};
}
