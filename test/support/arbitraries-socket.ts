import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './api-routes.js';
import { hostileValue, payload, type Known } from './arbitraries.js';

/** What follows the name of an event: one payload, as it should be; or more, or none. */
export function eventArguments(schema: Schema, known: Known): Arbitrary<unknown[]> {
  const one = payload(schema, known);
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(one) },
    { weight: 1, arbitrary: fc.array(fc.oneof(one, hostileValue()), { maxLength: 4 }) },
    // What a client makes of a callback that is not the last of its arguments.
    { weight: 1, arbitrary: one.map((value) => [null, value]) },
  );
}

const NAMES = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
  'error',
  'hello',
  'message:created',
  'session:ended',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'MESSAGE:SEND',
  'message:send ',
];

/** Names that no handler has, some of which mean something to an emitter of events or to an object. */
export function strangeNames(): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: hostileValue() },
  );
}

/** Text in place of a packet of Engine.IO: its type, a packet of Socket.IO, or neither. */
export function packetGarbage(events: string[]): Arbitrary<string> {
  const body = fc.oneof(
    fc.constantFrom(...events).map((event) => `["${event}",{}]`),
    fc.constantFrom(...BODIES),
  );
  const nearly = fc.tuple(fc.constantFrom(...PREFIXES), body).map(([prefix, rest]) => prefix + rest);
  return fc.oneof({ weight: 4, arbitrary: nearly }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
}

const PREFIXES = [
  '',
  '0',
  '1',
  '2',
  '3',
  '5',
  '6',
  '9',
  '40',
  '40/admin,',
  '41',
  '42',
  '42/admin,1',
  '4299999999999999999999',
  '42-1',
  '43',
  '430',
  '44',
  '45',
  '451-',
  '451-1',
  '459999999-',
  '45-1-',
  '461-1',
  '47',
  '4',
  'b',
  'bAAAA',
];
const BODIES = [
  '',
  '[]',
  '[1]',
  '[null]',
  '{}',
  'null',
  '"x"',
  '[[]]',
  '["ping"',
  '["ping",{"_placeholder":true,"num":0}]',
  '["ping",{"_placeholder":true,"num":-1}]',
  '["ping",{"_placeholder":true,"num":"x"}]',
  '["message:send",{"__proto__":{"ok":true}}]',
  `["ping",${'['.repeat(5_000)}`,
  `["ping","${'x'.repeat(60_000)}"]`,
];
