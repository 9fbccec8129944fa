import type mongoose from 'mongoose';
import type { mongo } from 'mongoose';

type Json = Record<string, unknown>;

export interface Plan {
  /** All stages of the winning plan, in any order. */
  stages: string[];
  indexes: string[];
  keysExamined: number;
  docsExamined: number;
}

/** How the store would answer each read that the work sends: the very commands, not copies of them. */
export async function plansOf(
  connection: mongoose.Connection,
  work: () => Promise<unknown>,
): Promise<Plan[]> {
  const reads: Json[] = [];
  const listener = ({ commandName, command }: mongo.CommandStartedEvent) => {
    if (commandName === 'find' || commandName === 'aggregate') reads.push(withoutEnvelope(command));
  };
  const client = connection.getClient();
  client.on('commandStarted', listener);
  await work().finally(() => client.off('commandStarted', listener));
  return Promise.all(reads.map((read) => explain(connection, read)));
}

function withoutEnvelope(command: Json): Json {
  const wanted = Object.entries(command).filter(
    ([key]) => !key.startsWith('$') && key !== 'lsid' && key !== 'txnNumber',
  );
  return Object.fromEntries(wanted);
}

async function explain(connection: mongoose.Connection, read: Json): Promise<Plan> {
  const explained = await connection.db!.command({ explain: read, verbosity: 'executionStats' });
  const found = [...walk(explained)];
  const all = (key: string) => found.flatMap(([name, value]) => (name === key ? [value] : []));
  const sum = (key: string) => all(key).reduce((total: number, value) => total + Number(value), 0);
  return {
    stages: [...all('stage'), ...(sum('collectionScans') > 0 ? ['COLLSCAN'] : [])].map(String),
    indexes: [...new Set([...all('indexName'), ...all('indexesUsed').flat()].map(String))],
    keysExamined: sum('totalKeysExamined'),
    docsExamined: sum('totalDocsExamined'),
  };
}

function* walk(value: unknown): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'rejectedPlans' || key === 'command' || key === 'allPlansExecution') continue;
    yield [key, child];
    yield* walk(child);
  }
}
