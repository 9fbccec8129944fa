import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from './engine.js';
import { terminate } from './processes.js';

const READY_WITHIN_MS = 60_000;

/**
 * A keeper is the small Node program around an engine that is a library. It ends when the IPC channel closes. Under
 * the test runner it runs from its TypeScript source, which Node strips itself, so it must not import siblings.
 */
export function keeperPath(name: string): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(`./keepers/${name}.keeper${extname(fileURLToPath(here))}`, here));
}

export interface Keeper {
  path: string;
  args: string[];
  log: string;
  options?: ForkOptions;
}

/** Starts the keeper in a session of its own (Ctrl-C must not reach engines) and waits until it says ready. */
export async function startKeeper(keeper: Keeper): Promise<ChildProcess> {
  const log = openSync(keeper.log, 'w');
  const child = fork(keeper.path, keeper.args, {
    execArgv: [],
    ...keeper.options,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  await readiness(child, keeper.log);
  return child;
}

function readiness(child: ChildProcess, log: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new EngineError(`${reason}${tailOf(log)}`));
    };
    const timer = setTimeout(() => {
      if (child.pid) void terminate(child.pid, 'SIGTERM', 1000);
      fail('it did not answer in time');
    }, READY_WITHIN_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signalName) => fail(`it ended with ${signalName ?? `code ${code}`}`));
    child.once('message', () => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
  });
}

export function tailOf(log: string): string {
  try {
    const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n');
    return lines ? `\n${lines}` : '';
  } catch {
    return '';
  }
}
