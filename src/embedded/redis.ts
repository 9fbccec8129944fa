import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import type { EngineRecipe } from './engine-process.js';
import { EngineError } from './engine.js';
import { keeperPath, startKeeper, tailOf } from './keeper.js';
import { answersOn, freePort } from './ports.js';
import { endLeftover, findOnPath, guard, remember } from './processes.js';

const READY_WITHIN_MS = 30_000;

export async function redisRecipe(folder: DataFolder): Promise<EngineRecipe> {
  await endLeftover(pidFile(folder));
  const port = await freePort(folder.recall().redisPort);
  folder.memorize({ redisPort: port });
  const program = findOnPath('redis-server') ?? findOnPath('valkey-server');
  return {
    name: 'redis',
    url: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    launch: () => (program ? launchServer(program, folder, port) : launchKeeper(folder, port)),
  };
}

const pidFile = (folder: DataFolder) => join(folder.run, 'redis.json');
const logFile = (folder: DataFolder) => join(folder.logs, 'redis.log');

async function launchKeeper(folder: DataFolder, port: number): Promise<ChildProcess> {
  const child = await startKeeper({ path: keeperPath('redis'), args: [String(port)], log: logFile(folder) });
  if (child.pid) remember(child.pid, pidFile(folder));
  return child;
}

async function launchServer(program: string, folder: DataFolder, port: number): Promise<ChildProcess> {
  const dir = join(folder.path, 'redis');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
    save: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawnNative(program, args, logFile(folder));
  if (child.pid) remember(child.pid, pidFile(folder));
  guard(child, 'SIGTERM');
  await portAnswers(child, port, logFile(folder));
  return child;
}

export function spawnNative(program: string, args: string[], log: string): ChildProcess {
  const file = openSync(log, 'w');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  child.on('error', () => undefined);
  return child;
}

export async function portAnswers(child: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answersOn(port))) {
    const ended = !child.pid || child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) throw new EngineError(`it did not start${tailOf(log)}`);
    await sleep(20);
  }
}
