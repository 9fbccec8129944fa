import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './api-routes.js';

/** Values that mean something to the server, by the name of the field that carries them. */
export interface Known {
  of(field: string): string[];
}

/** Written into JSON as it is: what no value of JavaScript can say. */
export class Literal {
  constructor(readonly text: string) {}
}

const NUMBERS = ['-0', '1e308', '1e999', '-1e999', '1E-400', '9007199254740993', '2147483648', '-1', '1.5'];
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON'];
const OPERATORS = ['$gt', '$ne', '$where', '$regex', '$expr', 'a.b', '$', '', 'length', '0'];
const TEXTS = [
  ...NAMES,
  ...OPERATORS,
  ...NUMBERS,
  'null',
  'NaN',
  'undefined',
  'true',
  '[object Object]',
  'a\0b',
  '\ud83d',
  '\udc00half',
  '\u202eright to left\u202c',
  'مرحبا',
  'e\u0301\u0301\u0301',
  'Z̸̢͝a̷͜͠l̸͎̿g̶̘̈o̶',
  '👩‍👩‍👧‍👦'.repeat(20),
  '\u200b\u200d\ufeff',
  '\u2028\u2029',
  ' \t\r\n ',
  "'; DROP TABLE x; --",
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '%00%2e%2e%2f',
  '${7*7}{{7*7}}',
  'x'.repeat(20_000),
  '가'.repeat(8_001),
];

export function hostileText(): Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.string({ unit }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  );
}

/** Anything at all where something else was meant. */
export function hostileValue(): Arbitrary<unknown> {
  const key = fc.constantFrom(...NAMES, ...OPERATORS);
  return fc.oneof(
    hostileText(),
    fc.constantFrom(...NUMBERS).map((text) => new Literal(text)),
    fc.constantFrom<unknown>(null, true, false, 0, 1, [], {}, [[]], [null], [{}]),
    fc.double(),
    fc.tuple(key, fc.constantFrom<unknown>('', 1, null, {}, [])).map(([name, value]) => named(name, value)),
    fc.constantFrom(13, 40, 1_000).map(deep),
    fc.constantFrom<unknown>('x', 1, {}, []).map((item) => Array.from({ length: 10_000 }, () => item)),
    fc.constantFrom('k', 'k.', '가').map((name) => Object.fromEntries(names(name).map((key) => [key, 1]))),
    fc.jsonValue(),
  );
}

function names(stem: string): string[] {
  return Array.from({ length: 10_000 }, (_, index) => `${stem}${index}`);
}

/** Also `__proto__` as a field of its own, which a literal would not make. */
export function named(name: string, value: unknown): object {
  return define({}, name, value);
}

function define(object: object, name: string, value: unknown): object {
  return Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function deep(levels: number): object {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

/** What the schema allows, and where it says nothing, what the field is for. */
export function validValue(schema: Schema, field: string, known: Known): Arbitrary<unknown> {
  if (schema.nullable)
    return fc.oneof(
      { weight: 4, arbitrary: validValue({ ...schema, nullable: false }, field, known) },
      fc.constant(null),
    );
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties) return validObject(schema, known);
  switch (schema.type) {
    case 'array':
      return validList(schema, field, known);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer(rangeOf(schema)), fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 1));
    case 'object':
      return fc.oneof(exampleOr(schema, {}), fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue()));
    default:
      return validText(schema, field, known);
  }
}

function exampleOr({ example }: Schema, otherwise: unknown): Arbitrary<unknown> {
  return fc.constant(example ?? otherwise);
}

function validObject({ properties = {}, required = [] }: Schema, known: Known): Arbitrary<object> {
  const fields = Object.entries(properties).map(([name, child]) => {
    const field = validValue(child, name, known).map((value) => named(name, value));
    return required.includes(name) ? field : sometimes(field);
  });
  return fc.tuple(...fields).map((all) => all.reduce(merged, {}));
}

/** All that may be left out at once is seldom right together. */
function sometimes(field: Arbitrary<object>): Arbitrary<object> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: field });
}

/** A thousand are many enough, from wherever they begin. */
function rangeOf({ minimum = -1_000, maximum = Infinity }: Schema): { min: number; max: number } {
  return { min: minimum, max: Math.min(maximum, Math.max(minimum, 0) + 1_000) };
}

function validList({ items = {}, minItems, maxItems }: Schema, field: string, known: Known) {
  const one = validValue(items, field, known);
  return fc.array(one, { minLength: minItems ?? 0, maxLength: Math.min(maxItems ?? 3, 3) });
}

function validText(schema: Schema, field: string, known: Known): Arbitrary<unknown> {
  const { minLength = 0, maxLength = 40, pattern, format, example } = schema;
  const meant = [...known.of(field), ...(typeof example === 'string' ? [example] : [])];
  if (meant.length > 0 && (pattern || format || isId(field))) return fc.constantFrom(...meant);
  const made = pattern
    ? fc.stringMatching(new RegExp(pattern))
    : format === 'email'
      ? fc.emailAddress()
      : format === 'date-time'
        ? fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
        : fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
  return meant.length > 0 ? fc.oneof(fc.constantFrom(...meant), made) : made;
}

function isId(field: string): boolean {
  return /(^i|I)ds?$/.test(field);
}

/** On, and one step beyond, each border that the schema names; or of a type that is easily taken for it. */
export function nearValue(schema: Schema, field: string, known: Known): Arbitrary<unknown> {
  const { type, minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  if (type === 'integer' || type === 'number') {
    const borders = around(minimum ?? 0).concat(around(maximum ?? Number.MAX_SAFE_INTEGER));
    return fc.constantFrom<unknown>(...borders, ...borders.map(String), 0.5, null);
  }
  if (type === 'array') {
    const lengths = around(minItems ?? 0).concat(around(maxItems ?? 10));
    return fc
      .tuple(fc.constantFrom(...lengths), validValue(schema.items ?? {}, field, known))
      .map(([length, item]) => Array.from({ length: Math.max(0, length) }, () => item));
  }
  if (type === 'boolean') return fc.constantFrom<unknown>('true', 'false', 0, 1, '', null);
  if (schema.enum) return fc.constantFrom<unknown>(...schema.enum.flatMap(misspelt));
  if (schema.properties || type === 'object') return fc.constantFrom<unknown>({}, [], [{}], '{}', null);
  const lengths = around(minLength ?? 0).concat(around(maxLength ?? 64));
  return fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('x', ' ', '가', '😀', '\u0301', '\u202e', '\0'))
    .map(([length, unit]) => unit.repeat(Math.max(0, length)));
}

function around(border: number): number[] {
  return [border - 1, border, border + 1];
}

function misspelt(value: unknown): unknown[] {
  const text = String(value);
  return [text.toUpperCase(), `${text} `, `${text}\0`, [value], { $eq: value }, ''];
}

/** A whole object: as it should be, with one field wrong, with several, or something else altogether. */
export function payload(schema: Schema, known: Known): Arbitrary<unknown> {
  const valid = schema.properties ? validObject(schema, known) : fc.constant({});
  const once = wrongField(schema, known);
  const apply = ([base, faults]: [object, object[]]) => faults.reduce(merged, base);
  return fc.oneof(
    { weight: 6, arbitrary: valid },
    { weight: 4, arbitrary: fc.tuple(valid, fc.array(once, { minLength: 1, maxLength: 1 })).map(apply) },
    { weight: 2, arbitrary: fc.tuple(valid, fc.array(once, { minLength: 2, maxLength: 4 })).map(apply) },
    { weight: 1, arbitrary: hostileValue() },
  );
}

/** By definition, not by assignment: a `__proto__` of its own stays one. */
function merged(base: object, fault: object): object {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(base));
  return Object.entries(fault).reduce((body, [name, value]) => define(body, name, value), copy);
}

function wrongField({ properties = {} }: Schema, known: Known): Arbitrary<object> {
  const surplus = fc
    .tuple(fc.constantFrom(...NAMES, ...OPERATORS, 'surprise', 'organizationId', '_id'), hostileValue())
    .map(([name, value]) => named(name, value));
  const fields = Object.entries(properties).map(([name, child]) =>
    wrongValue(child, name, known).map((value) => named(name, value)),
  );
  return fc.oneof(...fields.map((arbitrary) => ({ weight: 2, arbitrary })), {
    weight: 1,
    arbitrary: surplus,
  });
}

function wrongValue(schema: Schema, field: string, known: Known): Arbitrary<unknown> {
  const anywhere = [nearValue(schema, field, known), hostileValue()];
  if (schema.properties) return fc.oneof(payload(schema, known), ...anywhere);
  if (!schema.items?.properties) return fc.oneof(...anywhere);
  return fc.oneof(fc.array(payload(schema.items, known), { maxLength: 3 }), ...anywhere);
}

const MARK = 'written as it is:';

/** As JSON.stringify, with the literals in their own words. */
export function toJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, child: unknown) =>
    child instanceof Literal ? `${MARK}${child.text}` : child,
  );
  return (marked ?? 'null').replace(new RegExp(`"${MARK}([^"]*)"`, 'g'), '$1');
}

/** The same as text, sometimes with its grammar broken too. */
export function jsonText(value: Arbitrary<unknown>): Arbitrary<string> {
  const damage = fc.constantFrom<(text: string) => string>(
    (text) => text.slice(0, -1),
    (text) => `${text}}`,
    (text) => `\ufeff${text}`,
    (text) => text.replace('{', '{"a":1,"a":{"$gt":""},'),
    (text) => text.replace(/"/g, "'"),
    (text) => text.replace(/}$/, ',}'),
    (text) => `${' '.repeat(5_000)}${text}\n`,
    (text) => text.replace(/:("[^"]*"|\d+)/, ':NaN'),
    () => '['.repeat(10_000),
    () => '{"a":'.repeat(10_000),
    () => '"\\ud800\\u0000"',
    () => '',
  );
  return fc
    .tuple(value.map(toJson), fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, damage))
    .map(([text, harm]) => (harm ? harm(text) : text));
}
