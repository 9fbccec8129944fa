import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('../../dist/src/worker.js', import.meta.url));

/** The built worker in a process of its own, to be killed in the middle of whatever it does. */
export interface BuiltWorker {
  /** The hard way, and once. */
  kill(): Promise<void>;
}

export async function startBuiltWorker(env: Record<string, string>): Promise<BuiltWorker> {
  const child = fork(WORKER, [], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 2, 2, 'ipc'] });
  await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error('the worker did not start');
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { kill };
}
