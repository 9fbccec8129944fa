import type { ChildProcess, ForkOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.js';
import type { EngineRecipe } from './engine-process.js';
import { EngineError } from './engine.js';
import { needsNewerGlibc, newerGlibc } from './glibc.js';
import { keeperPath, startKeeper } from './keeper.js';
import { freePort } from './ports.js';
import { endLeftover, findOnPath, guard, remember } from './processes.js';
import { portAnswers, spawnNative } from './redis.js';

// The system allows about 104 bytes for a socket's path, and the engine first listens in a folder below ours.
const LONGEST_SOCKET_FOLDER = 60;
const DATABASE = 'fast_light_chat';

export async function mongoRecipe(
  folder: DataFolder,
  onProgress: (line: string) => void,
): Promise<EngineRecipe> {
  await endLeftover(pidFile(folder));
  const program = findOnPath('mongod');
  return program ? serverRecipe(program, folder) : keeperRecipe(folder, onProgress);
}

const pidFile = (folder: DataFolder) => join(folder.run, 'mongodb.json');
const logFile = (folder: DataFolder) => join(folder.logs, 'mongodb.log');

async function serverRecipe(program: string, folder: DataFolder): Promise<EngineRecipe> {
  const port = await freePort(folder.recall().mongodPort);
  folder.memorize({ mongodPort: port });
  const url = `mongodb://127.0.0.1:${port}/${DATABASE}?directConnection=true`;
  return { name: 'mongodb', url, stopSignal: 'SIGTERM', launch: () => launchServer(program, folder, port) };
}

async function launchServer(program: string, folder: DataFolder, port: number): Promise<ChildProcess> {
  const dbpath = dataPath(folder, 'mongod');
  const args = [
    '--dbpath',
    dbpath,
    '--bind_ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--nounixsocket',
    '--quiet',
  ];
  const child = spawnNative(program, args, logFile(folder));
  if (child.pid) remember(child.pid, pidFile(folder));
  guard(child, 'SIGTERM');
  await portAnswers(child, port, logFile(folder));
  return child;
}

/** A folder for each kind of server: their file formats are not the same. */
function dataPath(folder: DataFolder, kind: 'mongod' | 'mongodb'): string {
  const path = join(folder.path, kind);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

async function keeperRecipe(folder: DataFolder, onProgress: (line: string) => void): Promise<EngineRecipe> {
  const sockets = socketFolder(folder);
  const socket = join(sockets, 'mongodb.sock');
  const options = await runtime(onProgress);
  return {
    name: 'mongodb',
    url: `mongodb://${encodeURIComponent(socket)}/${DATABASE}?directConnection=true`,
    stopSignal: 'SIGTERM',
    launch: () => launchKeeper(folder, sockets, socket, options),
  };
}

async function launchKeeper(folder: DataFolder, sockets: string, socket: string, options: ForkOptions) {
  globSync(join(sockets, 'embedded-mongodb-*')).forEach((left) =>
    rmSync(left, { recursive: true, force: true }),
  );
  const child = await startKeeper({
    path: keeperPath('mongodb'),
    args: [dataPath(folder, 'mongodb'), socket],
    log: logFile(folder),
    options: { ...options, env: { ...process.env, TMPDIR: sockets } },
  }).catch((error: Error) => {
    throw unavailable(error.message);
  });
  if (child.pid) remember(child.pid, pidFile(folder));
  return child;
}

async function runtime(onProgress: (line: string) => void): Promise<ForkOptions> {
  if (!needsNewerGlibc()) return {};
  try {
    const { loader, libraries } = await newerGlibc(onProgress);
    return { execPath: loader, execArgv: ['--library-path', libraries, realpathSync(process.execPath)] };
  } catch (error) {
    throw unavailable((error as Error).message);
  }
}

function unavailable(reason: string): EngineError {
  return new EngineError(
    `The embedded MongoDB cannot run here: ${reason}\n` +
      'Either set MONGODB_URL to a MongoDB server, or put mongod on the PATH.',
  );
}

function socketFolder(folder: DataFolder): string {
  if (Buffer.byteLength(folder.run) <= LONGEST_SOCKET_FOLDER) return folder.run;
  const name = createHash('sha256').update(folder.path).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `flc-${userInfo().uid}-${name}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  if (uid !== userInfo().uid || mode & 0o077)
    throw new EngineError(`${path} belongs to somebody else. Remove it.`);
  return path;
}
