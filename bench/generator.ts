/** The crowd in a process of its own, so that its CPU time is not the server's. Driven by run.ts over IPC. */
import { disperse, gather, type Crowd } from './crowd.js';
import { checkHistory, type HistoryResult } from './history.js';
import { Load, type LoadResult } from './load.js';
import type { Phase } from './options.js';

export type Order =
  | { name: 'gather'; url: string; pairs: number; agents: number }
  | { name: 'run'; phase: Phase }
  | { name: 'check' }
  | { name: 'leave' };

export interface Answers {
  gather: null;
  run: LoadResult;
  check: HistoryResult;
  leave: null;
}

export type Reply = { result: Answers[Order['name']] } | { error: string };

let crowd: Crowd | undefined;
let load: Load | undefined;

async function obey(order: Order): Promise<Answers[Order['name']]> {
  if (order.name === 'gather') {
    crowd = await gather(order.url, order);
    load = new Load(crowd);
    return null;
  }
  if (!crowd || !load) throw new Error('nobody has gathered yet');
  if (order.name === 'run') return load.run(order.phase);
  if (order.name === 'check') return checkHistory(crowd, load.acked);
  disperse(crowd);
  return null;
}

process.on('message', (order: Order) => {
  obey(order).then(
    (result) => process.send!({ result } satisfies Reply),
    (error: unknown) => process.send!({ error: String((error as Error).stack) } satisfies Reply),
  );
});
process.on('disconnect', () => process.exit(0));
