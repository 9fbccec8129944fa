import { exampleOf, type Schema } from './api-routes.js';

/** What no DTO may let through, for a field of a type. */
const WRONG: Record<string, unknown[]> = {
  string: [12345, true, [], {}, { $gt: '' }, ['$ne'], 'x'.repeat(20_000), 'a\0b', 'half \ud83d'],
  number: ['abc', -1, 1.5, {}, [], true, 1e300, { $gt: 0 }],
  boolean: ['true', 1, {}, [], { $ne: true }],
  array: ['x', 5, {}, true, Array.from({ length: 1_000 }, () => 'x'), [{ $gt: '' }], [[['x']]], ['a\0']],
  object: ['x', 5, true, [], deep(40), { $where: '1' }, { a: { $gt: 1 } }, { 'a\0': 1 }],
};

/** Wrong whatever the fields are: text of JSON, since some of it cannot be written as a value. */
export const WRONG_PAYLOADS: [name: string, json: string][] = [
  ['null', 'null'],
  ['an array', '[]'],
  ['an array of objects', '[{}]'],
  ['a string', '"text"'],
  ['a number', '5'],
  ['a truth value', 'true'],
  ['an unknown property', '{"surprise":1}'],
  ['an operator', '{"$where":"sleep(1000)"}'],
  ['a prototype', '{"__proto__":{"isAdmin":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ['a nested operator', '{"metadata":{"a":{"$gt":""}}}'],
  ['a null character', '{"metadata":{"a":"\\u0000"}}'],
  ['half of a pair', '{"metadata":{"a":"\\ud800"}}'],
  ['nesting without end', JSON.stringify({ metadata: deep(200) })],
];

function deep(levels: number): object {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

export interface Mutation {
  name: string;
  body: Record<string, unknown>;
}

/** The documented example, with one field at a time made wrong. */
export function* mutationsOf(schema: Schema): Generator<Mutation> {
  const valid = exampleOf(schema) as Record<string, unknown>;
  for (const [field, child] of Object.entries(schema.properties ?? {})) {
    const type =
      child.type === 'integer' ? 'number' : (child.type ?? (child.properties ? 'object' : 'string'));
    for (const wrong of [...(WRONG[type] ?? []), ...(child.nullable ? [] : [null])]) {
      yield { name: `${field}: ${JSON.stringify(wrong).slice(0, 60)}`, body: { ...valid, [field]: wrong } };
    }
    for (const { name, value } of innerMutationsOf(child)) {
      yield { name: `${field}.${name}`, body: { ...valid, [field]: value } };
    }
  }
  for (const field of schema.required ?? []) {
    const { [field]: _, ...rest } = valid;
    yield { name: `without ${field}`, body: rest };
  }
}

/** The same within an object, or within the first of a list of objects. */
function* innerMutationsOf(child: Schema): Generator<{ name: string; value: unknown }> {
  const isList = child.type === 'array';
  const inner = isList ? child.items : child;
  if (!inner?.properties) return;
  const unknown = { name: 'surprise', body: { ...(exampleOf(inner) as object), surprise: 1 } };
  for (const { name, body } of inner.additionalProperties ? [] : [unknown, ...mutationsOf(inner)]) {
    yield { name, value: isList ? [body] : body };
  }
}
