import request from 'supertest';

export type Scheme = 'jwt' | 'plugin-key' | 'api-key';
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Schema {
  type?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  nullable?: boolean;
  additionalProperties?: unknown;
  example?: unknown;
  $ref?: string;
  /** The name of the DTO that this was a reference to. */
  title?: string;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export interface ApiParameter {
  in: 'path' | 'query' | 'header';
  name: string;
  schema: Schema;
}

export interface ApiRoute {
  name: string;
  method: Method;
  path: string;
  /** Whose credentials it takes; none: everybody may call it. */
  schemes: Scheme[];
  query: string[];
  parameters: ApiParameter[];
  body: Schema | null;
  /** What its body is sent as; null without one. */
  contentType: string | null;
}

interface Operation {
  security?: Record<string, unknown>[];
  parameters?: (Omit<ApiParameter, 'schema'> & { schema?: Schema })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface OpenApi {
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, Schema> };
  'x-socket-requests': Record<string, unknown>;
}

const SCHEMES: Scheme[] = ['jwt', 'plugin-key', 'api-key'];

export interface Api {
  routes: ApiRoute[];
  events: string[];
}

/** What the running server says of itself, so that what is new is swept too. */
export async function readApi(url: string): Promise<Api> {
  const document = (await request(url).get('/docs-json').expect(200)).body as OpenApi;
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) =>
      routeOf(document, path, method as Method, operation),
    ),
  );
  return { routes, events: Object.keys(document['x-socket-requests']) };
}

function routeOf(document: OpenApi, path: string, method: Method, operation: Operation): ApiRoute {
  const named = (operation.security ?? []).flatMap((one) => Object.keys(one));
  const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [null];
  const parameters = (operation.parameters ?? []).map(({ schema, ...rest }) => ({
    ...rest,
    schema: resolve(document, schema ?? {}),
  }));
  return {
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    schemes: SCHEMES.filter((scheme) => named.includes(scheme)),
    query: parameters.filter((one) => one.in === 'query').map((one) => one.name),
    parameters,
    body: content ? resolve(document, content.schema) : null,
    contentType,
  };
}

/** Without references; deep enough for every body there is. */
function resolve(document: OpenApi, schema: Schema, depth = 0): Schema {
  if (depth > 16) return {};
  const inner = (child: Schema) => resolve(document, child, depth + 1);
  if (schema.$ref) {
    const title = schema.$ref.split('/').at(-1) ?? '';
    return { title, ...inner(document.components.schemas[title] ?? {}) };
  }
  if (schema.allOf?.[0]) return inner(schema.allOf[0]);
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, child]) => [name, inner(child)] as const,
  );
  return {
    ...schema,
    ...(schema.properties && { properties: Object.fromEntries(properties) }),
    ...(schema.items && { items: inner(schema.items) }),
  };
}

/** A body as the documentation shows it. */
export function exampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'array':
      return schema.items ? [exampleOf(schema.items)] : [];
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return false;
    default:
      return examplesOf(schema);
  }
}

function examplesOf({ properties = {} }: Schema): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, exampleOf(child)]));
}

/** The path with an id for each of its parameters, by the noun before it: `environments/{id}`. */
export function fillPath(path: string, idOf: (noun: string) => string | undefined): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => {
      if (!part.startsWith('{')) return part;
      const noun = parts[index - 1] ?? '';
      const id = idOf(noun);
      if (id === undefined) throw new Error(`${path}: tell this test what the id of one of "${noun}" is`);
      return encodeURIComponent(id);
    })
    .join('/');
}
