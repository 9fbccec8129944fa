import { readdirSync, readFileSync } from 'node:fs';

/** Linux has counted in hundredths of a second here for as long as /proc has existed. */
const TICKS_PER_SECOND = 100;

interface Stat {
  parent: number;
  ticks: number;
}

/** CPU seconds so far of each named process and all that it started; null where there is no /proc. */
export function cpuSeconds(roots: Readonly<Record<string, number>>): Record<string, number> | null {
  const stats = readStats();
  if (!stats) return null;
  return Object.fromEntries(Object.entries(roots).map(([name, pid]) => [name, secondsOf(pid, stats)]));
}

function secondsOf(root: number, stats: Map<number, Stat>): number {
  let ticks = 0;
  for (const [pid, stat] of stats) if (descendsFrom(root, pid, stats)) ticks += stat.ticks;
  return ticks / TICKS_PER_SECOND;
}

function descendsFrom(root: number, pid: number, stats: Map<number, Stat>): boolean {
  for (let at: number | undefined = pid; at; at = stats.get(at)?.parent) if (at === root) return true;
  return false;
}

function readStats(): Map<number, Stat> | null {
  try {
    const pids = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
    return new Map(pids.flatMap((pid) => readStat(pid)));
  } catch {
    return null;
  }
}

function readStat(pid: number): [number, Stat][] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the fields are counted from behind it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    return [[pid, { parent: fields[1] ?? 0, ticks: user + system + childUser + childSystem }]];
  } catch {
    return [];
  }
}
