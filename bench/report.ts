import { round } from './figures.js';
import type { HistoryResult } from './history.js';
import type { LoadResult } from './load.js';
import type { Phase } from './options.js';

export interface PhaseReport extends LoadResult {
  phase: Phase;
  /** Of all server processes, databases included; null where it cannot be read. */
  cpuSecondsPerThousand: number | null;
  cpuSecondsByProcess: Record<string, number> | null;
  mongoOperationsPerMessage: Record<string, number> | null;
}

export interface BenchReport {
  at: string;
  node: string;
  cores: number;
  pairs: number;
  agents: number;
  phases: PhaseReport[];
  history: HistoryResult;
}

/** First aims; the rates they were set for are in the same row. */
const AIMS = { ackP95Ms: 15, deliveryP95Ms: 25, cpuSecondsPerThousand: 2 };

export function isSound({ phases, history }: BenchReport): boolean {
  const isLive = phases.every(
    (phase) => phase.undelivered + phase.deliveredTwice + phase.deliveredOutOfOrder === 0,
  );
  const isAnswered = phases.every((phase) => phase.acked === phase.sent);
  return isLive && isAnswered && history.lost + history.repeated + history.disordered === 0;
}

export function describePhase(report: PhaseReport): string {
  const { phase, ackMs, deliveryMs } = report;
  const line = (name: string, text: string) => `  ${name.padEnd(22)}${text}`;
  const spread = ({ p50, p95, p99 }: typeof ackMs) => `p50 ${p50}   p95 ${p95}   p99 ${p99} ms`;
  return [
    `${phase.rate} messages a second for ${phase.seconds} s`,
    line('sent, acknowledged', `${report.sent}, ${report.acked} (${report.messagesPerSecond} a second)`),
    line('ack', `${spread(ackMs)}   (aim at 200/s: p95 under ${AIMS.ackP95Ms})`),
    line('delivery', `${spread(deliveryMs)}   (aim at 200/s: p95 under ${AIMS.deliveryP95Ms})`),
    line('CPU per 1,000', describeCpu(report)),
    line('MongoDB per message', describeMongo(report)),
    line('inbox updates', `${report.inboxUpdates} received`),
    line(
      'live',
      `${report.undelivered} missing, ${report.deliveredTwice} twice, ${report.deliveredOutOfOrder} out of order`,
    ),
    ...Object.entries(report.refused).map(([code, count]) => line('refused', `${count} times ${code}`)),
  ].join('\n');
}

export function describeHistory({ messages, lost, repeated, disordered }: HistoryResult): string {
  return `History: ${messages} messages, ${lost} lost, ${repeated} repeated, ${disordered} out of order`;
}

function describeCpu({ cpuSecondsPerThousand, cpuSecondsByProcess, acked }: PhaseReport): string {
  if (cpuSecondsPerThousand === null || !cpuSecondsByProcess) return 'not measured: this system has no /proc';
  const parts = Object.entries(cpuSecondsByProcess).map(
    ([name, seconds]) => `${name} ${round((seconds / acked) * 1000)}`,
  );
  return `${cpuSecondsPerThousand} s   (aim: ${AIMS.cpuSecondsPerThousand}; ${parts.join(', ')})`;
}

function describeMongo({ mongoOperationsPerMessage }: PhaseReport): string {
  if (!mongoOperationsPerMessage) return 'not counted by this server';
  const parts = Object.entries(mongoOperationsPerMessage).map(([name, count]) => `${name} ${count}`);
  return parts.join(', ');
}
