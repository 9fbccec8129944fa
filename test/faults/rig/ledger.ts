import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome } from './trial.js';
import type { Figures } from './history.js';

interface Line extends Figures {
  scenario: string;
  expects: string;
  injected: number;
  recoverMedianMs: number;
  recoverMaxMs: number;
  slowestMs: number;
  faults: string[];
}

const COLUMNS: [string, (line: Line) => string | number][] = [
  ['scenario', ({ scenario }) => scenario],
  ['times', ({ injected }) => injected],
  ['recover (median/max s)', (line) => `${seconds(line.recoverMedianMs)}/${seconds(line.recoverMaxMs)}`],
  ['slowest (s)', ({ slowestMs }) => seconds(slowestMs)],
  ['sends', ({ sends }) => sends],
  ['acks', ({ acks }) => acks],
  ['changes', ({ changes }) => changes],
  ['lost', ({ lost, unanswered }) => lost + unanswered],
  ['repeated', ({ repeated }) => repeated],
  ['out of order', ({ outOfOrder, diverged }) => outOfOrder + diverged],
  ['miscounted', ({ miscounted }) => miscounted],
  ['leaked', ({ leaked }) => leaked],
];

/** What was done to the world and what came of it, by scenario. */
export class Ledger {
  private readonly outcomes: Outcome[] = [];

  add(outcome: Outcome): void {
    this.outcomes.push(outcome);
  }

  get faults(): string[] {
    return this.outcomes.flatMap(({ scenario, faults }) => faults.map((fault) => `${scenario}: ${fault}`));
  }

  get lines(): Line[] {
    return [...Map.groupBy(this.outcomes, ({ scenario }) => scenario).values()].map(summarize);
  }

  table(): string {
    const rows = [...this.lines, this.total].map((line) => COLUMNS.map(([, read]) => String(read(line))));
    const heads = COLUMNS.map(([name]) => name);
    const widths = heads.map((head, index) =>
      Math.max(head.length, ...rows.map((row) => row[index]!.length)),
    );
    const format = (cells: string[]) =>
      `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
    return [format(heads), format(widths.map((width) => '-'.repeat(width))), ...rows.map(format)].join('\n');
  }

  write(file: string, about: object): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `${JSON.stringify({ ...about, total: this.total, scenarios: this.lines }, null, 2)}\n`,
    );
  }

  private get total(): Line {
    return { ...summarize(this.outcomes), scenario: 'all', expects: 'every promise is kept' };
  }
}

function summarize(outcomes: readonly Outcome[]): Line {
  const [first] = outcomes;
  const recovered = outcomes.map(({ recoveredMs }) => recoveredMs).sort((a, b) => a - b);
  return {
    scenario: first?.scenario ?? '',
    expects: first?.expects ?? '',
    injected: outcomes.length,
    recoverMedianMs: recovered[Math.floor(recovered.length / 2)] ?? 0,
    recoverMaxMs: recovered.at(-1) ?? 0,
    slowestMs: Math.max(0, ...outcomes.map(({ slowestMs }) => slowestMs)),
    ...sumOf(outcomes.map(({ figures }) => figures)),
    faults: outcomes.flatMap(({ faults }) => faults),
  };
}

function sumOf(all: readonly Figures[]): Figures {
  const names = Object.keys(all[0] ?? {}) as (keyof Figures)[];
  const sum = (name: keyof Figures) => all.reduce((total, figures) => total + figures[name], 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as Figures;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
