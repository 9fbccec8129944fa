import { AbstractLogger, type DataSource, type LogLevel, type LogMessage } from 'typeorm';

interface Query {
  sql: string;
  parameters: unknown[];
}

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

export interface Plan {
  nodes: string[];
  indexes: string[];
  /** Rows that were read from tables or indexes, also those that were thrown away again. */
  rowsRead: number;
}

/** Writes down what is read while `work` runs. */
export class QueryLog extends AbstractLogger {
  private queries: Query[] = [];

  constructor() {
    super(['query']);
  }

  async during(work: () => Promise<unknown>): Promise<Query[]> {
    this.queries = [];
    await work();
    return this.queries.filter(({ sql }) => /^SELECT/i.test(sql));
  }

  override logQuery(sql: string, parameters: unknown[] = []): void {
    this.queries.push({ sql, parameters });
  }

  protected writeLog(_level: LogLevel, _message: LogMessage | LogMessage[]): void {
    // Nothing but queries is of interest.
  }
}

/** How the store answers the very statements that were sent, not copies of them. */
export async function planOf(source: DataSource, { sql, parameters }: Query): Promise<Plan> {
  const [row] = await source.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    parameters,
  );
  const nodes = [...walk(row!['QUERY PLAN'][0].Plan)];
  return {
    nodes: nodes.map((node) => node['Node Type']),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    rowsRead: nodes
      .filter((node) => node['Node Type'].includes('Scan'))
      .reduce((sum, node) => sum + rowsOf(node) * node['Actual Loops'], 0),
  };
}

function rowsOf(node: PlanNode): number {
  return node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
}

function* walk(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* walk(child);
}
