import type { Scope } from '../../../common/access/principal.js';
import { factGram, gramsOf, gramsOfTerms, searchedForm } from './grams.js';
import type { FoundPlace, IndexedMessage, IndexQuery } from './message-index.js';

/** So many of the newest messages are read as they come: what is common is among them. */
const NEWEST = 4_000;
/** So many times more of them, for what is neither common nor rare. */
const WIDER = 8;

/** In the order of ids: two nodes that write the same never wait for each other in a circle. */
const PUT = `
  INSERT INTO message_index (
    message_id, rev, organization_id, environment_id, conversation_id, kind, user_id, sender_id, private,
    created_at, text, grams)
  SELECT message_id, rev, organization_id, environment_id, conversation_id, kind, user_id, sender_id, private,
    created_at, text, grams
  FROM jsonb_to_recordset($1::jsonb) AS entry (
    message_id uuid, rev int, organization_id uuid, environment_id uuid, conversation_id uuid, kind text,
    user_id text, sender_id text, private boolean, created_at timestamptz, text text, grams int[])
  ORDER BY message_id
  ON CONFLICT (message_id) DO UPDATE
  SET rev = excluded.rev, text = excluded.text, grams = excluded.grams
  WHERE message_index.rev < excluded.rev`;

export interface Statement {
  sql: string;
  values: unknown[];
}

type Read = <Row>(statement: Statement) => Promise<Row[]>;

/**
 * What is common is looked for in the newest messages first, where a page is soon full; what is rare by the index,
 * where it is few. Neither depends on what the planner believes of either.
 */
export async function find<Row>(scope: Scope, query: IndexQuery, read: Read): Promise<Row[]> {
  // What a user may see is little, and hardly any of it among the newest of the whole tenant.
  if ('userId' in query.reach) return read(byGrams(scope, query));
  const found = await read<Row>(amongNewest(scope, query, NEWEST));
  const missing = query.limit - found.length;
  if (missing === 0) return found;
  const [after] = await read<FoundPlace>(endOfNewest(scope, query));
  if (!after) return found;
  if (found.length * WIDER >= query.limit) {
    const more = await read<Row>(amongNewest(scope, { ...query, after, limit: missing }, NEWEST * WIDER));
    if (more.length === missing) return [...found, ...more];
  }
  return read(byGrams(scope, query));
}

/** Nothing, when there are no more than the newest. */
function endOfNewest(scope: Scope, query: IndexQuery): Statement {
  const values: unknown[] = [];
  const sql = `
    SELECT created_at AS "createdAt", message_id AS "messageId" FROM message_index
    WHERE ${boundsOf(scope, query, placeholder(values))}
    ORDER BY created_at DESC, message_id DESC OFFSET ${NEWEST - 1} LIMIT 1`;
  return { sql, values };
}

export function amongNewest(scope: Scope, query: IndexQuery, newest: number): Statement {
  const values: unknown[] = [];
  const $ = placeholder(values);
  const bounds = boundsOf(scope, query, $);
  const said = saying(query, $).join(' AND ');
  // The words decide nearly always, and cost less to compare: the planner would take the numbers first.
  const spoken = `CASE WHEN ${said} THEN grams @> ${$(gramsOfTerms(query.terms))}::int[] END`;
  const wanted = [...reachOf(scope, query, $), spoken];
  const sql = `
    SELECT message_id, conversation_id, created_at FROM (
      SELECT * FROM message_index WHERE ${bounds}
      ORDER BY created_at DESC, message_id DESC LIMIT ${newest}
    ) AS newest
    WHERE ${wanted.join(' AND ')}
    ORDER BY created_at DESC, message_id DESC LIMIT ${$(query.limit)}`;
  return { sql, values };
}

export function byGrams(scope: Scope, query: IndexQuery): Statement {
  const values: unknown[] = [];
  const $ = placeholder(values);
  const wanted = [
    `grams @> ${$([...gramsOfTerms(query.terms), ...factsOf(scope, query)])}::int[]`,
    ...timeBounds(query, $),
    ...reachOf(scope, query, $),
    ...saying(query, $),
  ];
  const sql = `
    WITH found AS MATERIALIZED (
      SELECT message_id, conversation_id, created_at FROM message_index WHERE ${wanted.join(' AND ')})
    SELECT * FROM found ORDER BY created_at DESC, message_id DESC LIMIT ${$(query.limit)}`;
  return { sql, values };
}

type Placeholder = (value: unknown) => string;

function placeholder(values: unknown[]): Placeholder {
  return (value) => `$${values.push(value)}`;
}

function boundsOf({ organizationId }: Scope, query: IndexQuery, $: Placeholder): string {
  return [`organization_id = ${$(organizationId)}`, ...timeBounds(query, $)].join(' AND ');
}

function timeBounds({ from, to, after }: IndexQuery, $: Placeholder): string[] {
  return [
    ...(from ? [`created_at >= ${$(from)}`] : []),
    ...(to ? [`created_at < ${$(to)}`] : []),
    ...(after ? [`(created_at, message_id) < (${$(after.createdAt)}, ${$(after.messageId)})`] : []),
  ];
}

/** The rights of the one who asks, and what they ask about. */
function reachOf(scope: Scope, query: IndexQuery, $: Placeholder): string[] {
  const { reach, conversationId, senderId, kind } = query;
  return [
    `organization_id = ${$(scope.organizationId)}`,
    ...(scope.environmentId === undefined ? [] : [`environment_id = ${$(scope.environmentId)}`]),
    'userId' in reach
      ? `user_id = ${$(reach.userId)}`
      : `(kind = 'support' OR conversation_id = ANY(${$(reach.teamIds)}::uuid[]))`,
    ...(query.seesPrivate ? [] : ['NOT private']),
    ...(conversationId === undefined ? [] : [`conversation_id = ${$(conversationId)}`]),
    ...(senderId === undefined ? [] : [`sender_id = ${$(senderId)}`]),
    ...(kind === undefined ? [] : [`kind = ${$(kind)}`]),
  ];
}

function saying({ terms }: IndexQuery, $: Placeholder): string[] {
  return terms.map((term) => `strpos(text, ${$(term)}) > 0`);
}

function factsOf({ organizationId, environmentId }: Scope, query: IndexQuery): number[] {
  const { reach, conversationId, senderId, kind } = query;
  const own = [
    ...('userId' in reach ? [factGram('user', reach.userId)] : []),
    ...(conversationId === undefined ? [] : [factGram('conversation', conversationId)]),
    ...(senderId === undefined ? [] : [factGram('sender', senderId)]),
  ];
  // Who is narrow enough is of one tenant: its long lists need not be read as well.
  if (own.length > 0) return own;
  return [
    factGram('organization', organizationId),
    ...(environmentId === undefined ? [] : [factGram('environment', environmentId)]),
    ...(kind === undefined ? [] : [factGram('kind', kind)]),
  ];
}

export function put(messages: readonly IndexedMessage[]): Statement {
  return { sql: PUT, values: [JSON.stringify(newestOfEach(messages).map(toRow))] };
}

/** One statement cannot write a row twice. */
function newestOfEach(messages: readonly IndexedMessage[]): IndexedMessage[] {
  const newest = new Map<string, IndexedMessage>();
  for (const message of messages) {
    if ((newest.get(message.messageId)?.rev ?? -1) < message.rev) newest.set(message.messageId, message);
  }
  return [...newest.values()];
}

function toRow(message: IndexedMessage): object {
  const { messageId, rev, organizationId, environmentId, conversationId, kind, userId, senderId } = message;
  return {
    message_id: messageId,
    rev,
    organization_id: organizationId,
    environment_id: environmentId,
    conversation_id: conversationId,
    kind,
    user_id: userId,
    sender_id: senderId,
    private: message.private,
    created_at: message.createdAt,
    text: searchedForm(message.content),
    // As PostgreSQL writes an array, which it reads faster than one of JSON.
    grams: `{${(message.content === '' ? [] : [...gramsOf(message.content), ...factsAbout(message)]).join()}}`,
  };
}

function factsAbout(message: IndexedMessage): number[] {
  return [
    factGram('organization', message.organizationId),
    ...(message.environmentId === null ? [] : [factGram('environment', message.environmentId)]),
    factGram('conversation', message.conversationId),
    ...(message.userId === null ? [] : [factGram('user', message.userId)]),
    factGram('sender', message.senderId),
    factGram('kind', message.kind),
  ];
}
