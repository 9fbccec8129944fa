/** The index that the server uses, and two others that it might have used: the same messages, the same questions. */
import mongoose, { type mongo } from 'mongoose';
import pg from 'pg';
import { CreateMessageIndex1795253400000 } from '../migrations/postgres/1795253400000-create-message-index.js';
import { SortInMoreMessagesAtOnce1795428000000 } from '../migrations/postgres/1795428000000-sort-in-more-messages-at-once.js';
import type { Scope } from '../src/common/access/principal.js';
import { escapeForRegExp, gramsOf } from '../src/common/text/grams.js';
import { searchedForm } from '../src/modules/chat/search/grams.js';
import { find, put, type Statement } from '../src/modules/chat/search/index-statements.js';
import type { IndexedMessage, IndexQuery } from '../src/modules/chat/search/message-index.js';

export abstract class SearchStore {
  abstract readonly name: string;
  abstract readonly engine: 'postgres' | 'mongodb';

  /** For what takes hours when the large index is there already. */
  abstract beforeFill(): Promise<void>;
  abstract afterFill(): Promise<void>;
  abstract put(messages: readonly IndexedMessage[]): Promise<void>;
  /** How many were found. */
  abstract search(scope: Scope, query: IndexQuery): Promise<number>;
  abstract explain(scope: Scope, query: IndexQuery): Promise<string[]>;
  /** Bytes of the messages, and of all indexes over them. */
  abstract size(): Promise<{ data: number; indexes: number }>;
  abstract close(): Promise<void>;
}

abstract class PostgresStore extends SearchStore {
  readonly engine = 'postgres';
  protected readonly pool: pg.Pool;
  protected abstract readonly table: string;
  protected abstract readonly largeIndex: string;

  constructor(url: string) {
    super();
    this.pool = new pg.Pool({ connectionString: url, max: 2 });
  }

  protected abstract create(): Promise<void>;
  protected abstract ask(scope: Scope, query: IndexQuery, read: Read): Promise<unknown[]>;

  private definition = '';

  async beforeFill(): Promise<void> {
    await this.create();
    const sql = 'SELECT indexdef FROM pg_indexes WHERE indexname = $1';
    const { rows } = await this.pool.query<{ indexdef: string }>(sql, [this.largeIndex]);
    this.definition = rows[0]!.indexdef;
    await this.pool.query(`DROP INDEX ${this.largeIndex}`);
  }

  async afterFill(): Promise<void> {
    const client = await this.pool.connect();
    await client.query(`SET maintenance_work_mem = '512MB'`);
    await client.query(this.definition);
    client.release(true);
    await this.pool.query(`VACUUM ANALYZE ${this.table}`);
  }

  async search(scope: Scope, query: IndexQuery): Promise<number> {
    return (await this.ask(scope, query, (statement) => this.run(statement))).length;
  }

  async explain(scope: Scope, query: IndexQuery): Promise<string[]> {
    const plans: string[] = [];
    await this.ask(scope, query, async (statement) => {
      const plan = await this.run<{ 'QUERY PLAN': string }>({
        ...statement,
        sql: `EXPLAIN (ANALYZE, BUFFERS) ${statement.sql}`,
      });
      plans.push('', ...plan.map((row) => row['QUERY PLAN']));
      return this.run(statement);
    });
    return plans;
  }

  async size(): Promise<{ data: number; indexes: number }> {
    const sql =
      'SELECT pg_table_size($1::regclass)::float AS data, pg_indexes_size($1::regclass)::float AS indexes';
    const { rows } = await this.pool.query<{ data: number; indexes: number }>(sql, [this.table]);
    return rows[0]!;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  protected async run<Row>({ sql, values }: Statement): Promise<Row[]> {
    return (await this.pool.query(sql, values)).rows as Row[];
  }
}

type Read = <Row>(statement: Statement) => Promise<Row[]>;

/** As it is in the server. */
export class PostgresGrams extends PostgresStore {
  readonly name = 'grams (int[], GIN)';
  protected readonly table = 'message_index';
  protected readonly largeIndex = 'message_index_grams';

  protected async create(): Promise<void> {
    const runner = { query: (sql: string) => this.pool.query(sql) };
    for (const Migration of [CreateMessageIndex1795253400000, SortInMoreMessagesAtOnce1795428000000]) {
      await new Migration().up(runner as never);
    }
  }

  async put(messages: readonly IndexedMessage[]): Promise<void> {
    await this.run(put(messages));
  }

  protected ask(scope: Scope, query: IndexQuery, read: Read): Promise<unknown[]> {
    return find(scope, query, read);
  }
}

/** pg_trgm over the text itself. */
export class PostgresTrigrams extends PostgresStore {
  readonly name = 'pg_trgm (text, GIN)';
  protected readonly table = 'message_trigrams';
  protected readonly largeIndex = 'message_trigrams_text';

  protected async create(): Promise<void> {
    await this.pool.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE message_trigrams (
        message_id uuid PRIMARY KEY, organization_id uuid NOT NULL, conversation_id uuid NOT NULL,
        user_id varchar(64), sender_id varchar(64) NOT NULL, private boolean NOT NULL,
        created_at timestamptz NOT NULL, text text NOT NULL);
      CREATE INDEX message_trigrams_newest ON message_trigrams (organization_id, created_at DESC, message_id DESC);
      CREATE INDEX message_trigrams_conversation ON message_trigrams (conversation_id);
      CREATE INDEX message_trigrams_text ON message_trigrams USING gin (text gin_trgm_ops)
        WITH (fastupdate = on, gin_pending_list_limit = 2048)`);
  }

  async put(messages: readonly IndexedMessage[]): Promise<void> {
    const rows = messages.map((message) => ({
      message_id: message.messageId,
      organization_id: message.organizationId,
      conversation_id: message.conversationId,
      user_id: message.userId,
      sender_id: message.senderId,
      private: message.private,
      created_at: message.createdAt,
      text: searchedForm(message.content),
    }));
    const sql =
      'INSERT INTO message_trigrams SELECT * FROM jsonb_populate_recordset(NULL::message_trigrams, $1) ON CONFLICT DO NOTHING';
    await this.run({ sql, values: [JSON.stringify(rows)] });
  }

  /** In the newest first as well: only the index differs. */
  protected async ask(scope: Scope, query: IndexQuery, read: Read): Promise<unknown[]> {
    const values: unknown[] = [];
    const $ = (value: unknown) => `$${values.push(value)}`;
    const { reach, senderId, from, to, after, terms, limit } = query;
    const bounds = [
      `organization_id = ${$(scope.organizationId)}`,
      ...(from ? [`created_at >= ${$(from)}`] : []),
      ...(to ? [`created_at < ${$(to)}`] : []),
      ...(after ? [`(created_at, message_id) < (${$(after.createdAt)}, ${$(after.messageId)})`] : []),
    ].join(' AND ');
    const wanted = [
      ...('userId' in reach ? [`user_id = ${$(reach.userId)}`] : []),
      ...(senderId === undefined ? [] : [`sender_id = ${$(senderId)}`]),
      ...(query.seesPrivate ? [] : ['NOT private']),
      ...terms.map((term) => `text LIKE ${$(`%${term.replace(/[\\%_]/g, '\\$&')}%`)}`),
    ].join(' AND ');
    const page = `ORDER BY created_at DESC, message_id DESC LIMIT`;
    const newest = `SELECT * FROM message_trigrams WHERE ${bounds} ${page} 4000`;
    const among = `SELECT message_id FROM (${newest}) AS newest WHERE ${wanted} ${page} ${limit}`;
    const found = 'userId' in reach ? [] : await read({ sql: among, values });
    if (found.length >= limit) return found;
    const all = `SELECT message_id, created_at FROM message_trigrams WHERE ${bounds} AND ${wanted}`;
    return read({ sql: `WITH found AS MATERIALIZED (${all}) SELECT * FROM found ${page} ${limit}`, values });
  }
}

interface BigramDocument {
  _id: string;
  organizationId: string;
  userId: string | null;
  senderId: string;
  private: boolean;
  createdAt: Date;
  text: string;
  grams: string[];
}

function pairsOf(text: string): string[] {
  const pairs = gramsOf(text, Infinity).filter((gram) => [...gram].length === 2);
  return pairs.length > 0 ? pairs : gramsOf(text);
}

const BIGRAM_INDEX = { organizationId: 1, grams: 1, createdAt: -1 } as const;

/** Arrays of pairs of characters under a multikey index, in the order of time. */
export class MongoBigrams extends SearchStore {
  readonly name = 'bigrams (MongoDB)';
  readonly engine = 'mongodb';

  private readonly connection: mongoose.Connection;

  private constructor(connection: mongoose.Connection) {
    super();
    this.connection = connection;
  }

  static async open(url: string): Promise<MongoBigrams> {
    return new MongoBigrams(await mongoose.createConnection(url, { autoIndex: false }).asPromise());
  }

  private get messages(): mongo.Collection<BigramDocument> {
    return this.connection.db!.collection<BigramDocument>('message_bigrams');
  }

  async beforeFill(): Promise<void> {
    await this.messages.createIndex({ organizationId: 1, createdAt: -1 });
  }

  async afterFill(): Promise<void> {
    await this.messages.createIndex(BIGRAM_INDEX);
  }

  async put(messages: readonly IndexedMessage[]): Promise<void> {
    const documents = messages.map(({ messageId, organizationId, userId, senderId, content, ...rest }) => ({
      _id: messageId,
      ...{ organizationId, userId, senderId, private: rest.private, createdAt: rest.createdAt },
      text: searchedForm(content),
      grams: pairsOf(content),
    }));
    await this.messages.insertMany(documents, { ordered: false });
  }

  async search(scope: Scope, query: IndexQuery): Promise<number> {
    return (await (await this.cursor(scope, query)).toArray()).length;
  }

  async explain(scope: Scope, query: IndexQuery): Promise<string[]> {
    const { executionStats } = await (await this.cursor(scope, query)).explain('executionStats');
    const { totalKeysExamined, totalDocsExamined } = executionStats as Record<string, number>;
    return [`keys ${totalKeysExamined}, documents ${totalDocsExamined}`];
  }

  async size(): Promise<{ data: number; indexes: number }> {
    // What is not on the disk yet has no size.
    await this.connection.db!.admin().command({ fsync: 1 });
    const stats = await this.connection.db!.command({ collStats: 'message_bigrams' });
    return { data: Number(stats.storageSize), indexes: Number(stats.totalIndexSize) };
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Read from the rarest gram: left to itself the store takes any, and the embedded one refuses some. */
  private async cursor(
    { organizationId }: Scope,
    query: IndexQuery,
  ): Promise<mongo.FindCursor<BigramDocument>> {
    const { reach, senderId, from, to, after, terms, limit } = query;
    const before = after?.createdAt ?? to;
    const filter: mongo.Filter<BigramDocument> = {
      organizationId,
      grams: await this.rarest(organizationId, pairsOf(terms.join(' '))),
      $and: terms.map((term) => ({ text: { $regex: escapeForRegExp(term) } })),
      ...('userId' in reach ? { userId: reach.userId } : {}),
      ...(senderId === undefined ? {} : { senderId }),
      ...(query.seesPrivate ? {} : { private: false }),
      ...(from || before
        ? { createdAt: { ...(from && { $gte: from }), ...(before && { $lt: before }) } }
        : {}),
    };
    return this.messages.find(filter).sort({ createdAt: -1 }).limit(limit).hint(BIGRAM_INDEX);
  }

  private async rarest(organizationId: string, grams: readonly string[]): Promise<string> {
    const count = (gram: string) =>
      this.messages.countDocuments({ organizationId, grams: gram }, { limit: 5_000 });
    const counts = await Promise.all(grams.map(count));
    return grams[counts.indexOf(Math.min(...counts))]!;
  }
}
