import fc, { type Arbitrary } from 'fast-check';
import type { ApiParameter, ApiRoute, Schema } from './api-routes.js';
import { hostileText, jsonText, nearValue, payload, validValue, type Known } from './arbitraries.js';
import { bodyOf } from './dto-rules.js';

/** A request as it goes out, and under whose name. */
export interface Asked<Who extends string = string> {
  who: Who;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

const CONTENT_TYPES = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json; charset=garbage',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'APPLICATION/JSON;;;',
  '/',
  '',
];
const ODD_QUERIES = [
  '%',
  '%zz',
  '%00',
  '%C0%80',
  'a=1&a=2',
  '[]=',
  'a[$gt]=',
  '__proto__[x]=1',
  '&&==&',
  '+',
];
const ODD_HEADERS: [name: string, values: string[]][] = [
  ['x-request-id', ['x', 'a'.repeat(500), '../../etc', '\u00ff\u00fe']],
  ['x-forwarded-for', ['garbage', '::1, 1.2.3.4', '999.1.1.1', ','.repeat(200), '']],
  ['accept', ['text/html', '*/*;q=x', '\u00ff']],
  ['accept-encoding', ['gzip;q=nope', 'identity;q=0, *;q=0']],
  ['content-encoding', ['gzip', 'br', 'garbage']],
  ['origin', ['null', 'https://evil.example', 'garbage://[', '']],
  ['if-none-match', ['*', '"x"']],
  ['range', ['bytes=0-0,1-1', 'bytes=-99999999999']],
];

/** One request for a route, from as it is documented to hardly one at all. */
export function requests<Who extends string>(
  route: ApiRoute,
  who: Arbitrary<Who>,
  known: Known,
): Arbitrary<Asked<Who>> {
  const path = fc
    .tuple(pathOf(route, known), queryOf(route, known))
    .map(([path, query]) => (query ? `${path}?${query}` : path));
  const body = wireBody(route, known);
  return fc
    .record({ who, path, headers: headersOf(route, known), body }, { noNullPrototype: true })
    .map((asked) =>
      asked.body === null ? { ...asked, headers: without(asked.headers, 'content-type') } : asked,
    );
}

function without({ ...headers }: Record<string, string>, name: string): Record<string, string> {
  delete headers[name];
  return headers;
}

/** Documented bodies of files are not JSON; whatever else comes is garbage in its place. */
function wireBody(route: ApiRoute, known: Known): Arbitrary<string | null> {
  const schema = bodyOf(route);
  if (!schema) return fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, jsonText(fc.jsonValue()));
  if (route.contentType?.startsWith('multipart/')) return parts(schema);
  return jsonText(payload(schema, known));
}

function parts({ properties = {} }: Schema): Arbitrary<string> {
  const part = fc
    .tuple(fc.constantFrom(...Object.keys(properties), 'surprise', ''), hostileText(), hostileText())
    .map(([field, name, content]) => `--x\r\n${disposition(field, name)}\r\n\r\n${content}\r\n`);
  const end = fc.constantFrom('--x--\r\n', '--x', '');
  return fc.tuple(fc.array(part, { maxLength: 3 }), end).map(([all, last]) => all.join('') + last);
}

function disposition(field: string, name: string): string {
  return `content-disposition: form-data; name="${field}"; filename="${name.replace(/[\r\n]/g, '')}"`;
}

function pathOf({ path }: ApiRoute, known: Known): Arbitrary<string> {
  const pieces = path.split('/');
  const filled = pieces.map((piece, index) =>
    piece.startsWith('{') ? pathPart(pieces[index - 1] ?? '', known) : fc.constant(piece),
  );
  return fc.tuple(...filled).map((all) => all.join('/'));
}

function pathPart(noun: string, known: Known): Arbitrary<string> {
  const [meant, anything] = [known.of(noun), known.of('anything')];
  return fc.oneof(
    { weight: meant.length > 0 ? 12 : 0, arbitrary: fc.constantFrom(...meant, 'x').map(encode) },
    { weight: 1, arbitrary: fc.constantFrom(...anything).map(encode) },
    { weight: 1, arbitrary: fc.uuid({ version: 7 }) },
    { weight: 1, arbitrary: hostileText().map((text) => encode(text.slice(0, 400)) || 'x') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%', '%zz', '%C0%80', '%ED%A0%80', '..', '.', '%2e%2e%2f', '👍'),
    },
  );
}

/** What cannot be encoded is sent as the replacement character. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function queryOf({ parameters }: ApiRoute, known: Known): Arbitrary<string> {
  const named = parameters
    .filter((one) => one.in === 'query')
    .map((one) => fc.option(pair(one, known), { freq: 1 }));
  const documented = fc.tuple(...named).map((pairs) => pairs.filter((one) => one !== null).join('&'));
  const odd = fc.constantFrom(...ODD_QUERIES);
  return fc.oneof(
    { weight: 9, arbitrary: documented },
    { weight: 1, arbitrary: fc.tuple(documented, odd).map((both) => both.join('&')) },
  );
}

function pair({ name, schema }: ApiParameter, known: Known): Arbitrary<string> {
  const value = fc.oneof(
    { weight: 6, arbitrary: validValue(schema, name, known) },
    { weight: 1, arbitrary: nearValue(schema, name, known) },
    { weight: 1, arbitrary: hostileText() },
  );
  return value.map(
    (one) => `${name}=${encode(typeof one === 'string' ? one : JSON.stringify(one)).slice(0, 3_000)}`,
  );
}

function headersOf({ parameters, contentType }: ApiRoute, known: Known): Arbitrary<Record<string, string>> {
  const usual = contentType?.startsWith('multipart/')
    ? 'multipart/form-data; boundary=x'
    : 'application/json';
  const type = fc.oneof({ weight: 14, arbitrary: fc.constant(usual) }, fc.constantFrom(...CONTENT_TYPES));
  const documented = parameters.filter((one) => one.in === 'header');
  const own = documented.map(({ name, schema }) =>
    fc
      .oneof(validValue(schema, name, known), hostileText())
      .map((value) => ({ [name]: headerText(String(value)) })),
  );
  const odd = fc
    .constantFrom(...ODD_HEADERS)
    .chain(([name, values]) => fc.constantFrom(...values).map((value) => ({ [name]: value })));
  const extras = [...own, odd].map((one) => rarely(one));
  return fc
    .tuple(type, ...extras)
    .map(([sent, ...more]) => Object.assign({ 'content-type': sent }, ...more) as Record<string, string>);
}

function rarely(header: Arbitrary<Record<string, string>>): Arbitrary<Record<string, string>> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: header });
}

/** What may stand in a header at all. */
export function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 4_000);
}

/** Bytes in place of a request: some nearly are one. */
export function wireGarbage(): Arbitrary<Buffer> {
  const line = fc
    .tuple(
      fc.constantFrom(
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'TRACE',
        'CONNECT',
        'PRI',
        'get',
        'X\0Y',
        'PROPFIND',
        '',
      ),
      fc.constantFrom(
        '/',
        '/v1/auth/login',
        '*',
        '//',
        'http://x/',
        '/%',
        `/${'a'.repeat(20_000)}`,
        '/socket.io/',
      ),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/', ''),
    )
    .map((three) => three.join(' '));
  const headers = fc.subarray(WIRE_HEADERS, { maxLength: 4 });
  const nearly = fc
    .tuple(
      line,
      headers,
      fc.constantFrom('\r\n', '\n'),
      fc.constantFrom('{}', '', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n'),
    )
    .map(([first, rest, end, body]) =>
      Buffer.from([first, 'host: x', ...rest, '', body].join(end), 'latin1'),
    );
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((all) => Buffer.from(all));
  const other = fc.constantFrom(
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  );
  return fc.oneof(
    { weight: 5, arbitrary: nearly },
    { weight: 1, arbitrary: bytes },
    { weight: 1, arbitrary: other.map((text) => Buffer.from(text, 'latin1')) },
  );
}

const WIRE_HEADERS = [
  'content-type: application/json',
  'content-length: 1',
  'content-length: 99999',
  'content-length: -1',
  'content-length: 1e3',
  'content-length: 2, 3',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'transfer-encoding: garbage',
  'expect: 100-continue',
  'expect: garbage',
  'connection: upgrade',
  'upgrade: websocket',
  'upgrade: h2c',
  'sec-websocket-key: garbage',
  'sec-websocket-version: 99',
  'connection: close',
  'host: another',
  'no colon here',
  ' folded',
  'null: a\0b',
  `long: ${'x'.repeat(20_000)}`,
  'authorization: Bearer \x80\xff',
];
