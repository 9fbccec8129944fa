/** `npm run bench`: see USAGE in options.ts. Ends with 1 when a message was lost, repeated or out of order. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { cpuSeconds } from './cpu.js';
import { round } from './figures.js';
import type { Answers, Order, Reply } from './generator.js';
import { readOptions, USAGE, type BenchOptions, type Phase } from './options.js';
import { describeHistory, describePhase, isSound, type BenchReport, type PhaseReport } from './report.js';
import { startServer, type BenchServer } from './server.js';

const OUTPUT = join(import.meta.dirname, '../ci-output');
const WARM_UP: Phase = { rate: 200, seconds: 3 };

type Counters = Record<string, number>;

async function bench(options: BenchOptions): Promise<BenchReport> {
  const profileDir = options.isProfiled ? join(OUTPUT, 'profile') : undefined;
  const server = await startServer({ profileDir });
  const generator = fork(join(import.meta.dirname, 'generator.ts'));
  try {
    return await measureAll(options, server, generator);
  } finally {
    generator.kill();
    await server.stop();
  }
}

async function measureAll(
  { pairs, agents, phases }: BenchOptions,
  server: BenchServer,
  generator: ChildProcess,
): Promise<BenchReport> {
  const mongo = await mongoose.createConnection(server.mongodbUrl, { autoIndex: false }).asPromise();
  try {
    await tell(generator, { name: 'gather', url: server.url, pairs, agents });
    console.log(`${pairs} visitors talk with ${agents} agents`);
    await tell(generator, { name: 'run', phase: WARM_UP });
    const reports: PhaseReport[] = [];
    for (const phase of phases) {
      const report = await measure(phase, server, generator, () => countOperations(mongo));
      console.log(`\n${describePhase(report)}`);
      reports.push(report);
    }
    const history = await tell(generator, { name: 'check' });
    console.log(`\n${describeHistory(history)}`);
    await tell(generator, { name: 'leave' });
    const machine = { at: new Date().toISOString(), node: process.version, cores: availableParallelism() };
    return { ...machine, pairs, agents, phases: reports, history };
  } finally {
    await mongo.close();
  }
}

async function measure(
  phase: Phase,
  { pids }: BenchServer,
  generator: ChildProcess,
  count: () => Promise<Counters | null>,
): Promise<PhaseReport> {
  const before = { cpu: cpuSeconds(pids), operations: await count() };
  const result = await tell(generator, { name: 'run', phase });
  const cpu = difference(before.cpu, cpuSeconds(pids));
  const operations = difference(before.operations, await count());
  const seconds = cpu && Object.values(cpu).reduce((sum, value) => sum + value, 0);
  return {
    ...result,
    phase,
    cpuSecondsByProcess: cpu,
    cpuSecondsPerThousand: seconds === null ? null : round((seconds / result.acked) * 1000),
    mongoOperationsPerMessage: operations && perMessage(operations, result.acked),
  };
}

function difference(before: Counters | null, after: Counters | null): Counters | null {
  if (!before || !after) return null;
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, round(value - (before[name] ?? 0))]),
  );
}

function perMessage(operations: Counters, messages: number): Counters {
  return Object.fromEntries(
    Object.entries(operations).map(([name, count]) => [name, round(count / messages)]),
  );
}

async function countOperations(mongo: mongoose.Connection): Promise<Counters | null> {
  const status = await mongo
    .db!.admin()
    .serverStatus()
    .catch(() => null);
  const counters = status?.opcounters as Counters | undefined;
  if (!counters) return null;
  return Object.fromEntries(Object.entries(counters).filter(([, count]) => typeof count === 'number'));
}

function tell<O extends Order>(generator: ChildProcess, order: O): Promise<Answers[O['name']]> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the generator ended unexpectedly'));
    generator.once('exit', onExit);
    generator.once('message', (reply: Reply) => {
      generator.off('exit', onExit);
      if ('error' in reply) reject(new Error(reply.error));
      else resolve(reply.result as Answers[O['name']]);
    });
    generator.send(order);
  });
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(USAGE);
  await mkdir(OUTPUT, { recursive: true });
  const report = await bench(readOptions());
  await writeFile(join(OUTPUT, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  if (isSound(report)) return;
  console.error('Messages were lost, repeated, refused or out of order.');
  process.exitCode = 1;
}

await main();
