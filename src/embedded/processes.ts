import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

export function findOnPath(program: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/**
 * What tells this process from a later one with the same pid; null when it is gone. Containers hand out the same
 * few pids again at every start, so a pid alone proves nothing.
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? startTicks(pid) : askPs(pid, 'lstart=');
}

export function commandLine(pid: number): string | null {
  if (process.platform !== 'linux') return askPs(pid, 'command=');
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? null;
}

function startTicks(pid: number): string | null {
  const stat = readProc(pid, 'stat');
  if (!stat) return null;
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? null : (rest[18] ?? null);
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function askPs(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended before the signal arrived, which is what a signal is sent for.
  }
}

/** Resolves with whether the process ended within the time. */
export async function waitForEnd(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (processIdentity(pid) !== null) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

export async function terminate(pid: number, gently: NodeJS.Signals, patienceMs: number): Promise<void> {
  signal(pid, gently);
  // A stopped process takes no signal but this one before it is killed.
  signal(pid, 'SIGCONT');
  if (await waitForEnd(pid, patienceMs)) return;
  signal(pid, 'SIGKILL');
  await waitForEnd(pid, 1000);
}

/** Remembers the process in a file, so that the next start can end it should it outlive us. */
export function remember(pid: number, file: string): void {
  writeFileSync(file, JSON.stringify({ pid, identity: processIdentity(pid) }));
}

/** Ends the process which an earlier, killed run has left behind. */
export async function endLeftover(file: string): Promise<void> {
  const left = readRemembered(file);
  if (left && processIdentity(left.pid) === left.identity) await terminate(left.pid, 'SIGTERM', 2000);
  rmSync(file, { force: true });
}

function readRemembered(file: string): { pid: number; identity: string } | null {
  try {
    const left = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; identity: string | null };
    return left.identity ? { pid: left.pid, identity: left.identity } : null;
  } catch {
    return null;
  }
}

const GUARD = `read _
kill -s "$2" "$1"
n=0
while kill -0 "$1" && [ $n -lt 40 ]; do sleep 0.1; n=$((n+1)); done
kill -9 "$1"`;

/**
 * Ends the engine when we die, even by kill -9: the shell waits on a pipe that closes with this process. Native
 * engines cannot watch an IPC channel themselves, and a shell costs a megabyte where a Node process costs forty.
 */
export function guard(engine: ChildProcess, stopSignal: NodeJS.Signals): void {
  const args = ['-c', GUARD, 'engine-guard', String(engine.pid), stopSignal.replace('SIG', '')];
  const watcher = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  engine.once('exit', () => watcher.kill('SIGKILL'));
}
