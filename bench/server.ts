import { execFile, fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEngines, type RunningEngines } from '../src/embedded/engines.js';

export interface BenchServer {
  url: string;
  mongodbUrl: string;
  /** The processes whose CPU time is the server's, by name. */
  pids: Record<string, number>;
  stop(): Promise<void>;
}

const ROOMY = '1000000000';
const ROOMY_LIMITS = [
  'LIMIT_ANONYMOUS_MESSAGES_PER_MINUTE',
  'LIMIT_BOOTS_PER_MINUTE',
  'LIMIT_CONNECTS_PER_MINUTE',
  'LIMIT_MESSAGES_PER_MINUTE',
  'LIMIT_SIGN_INS_PER_MINUTE',
  'LIMIT_SOCKETS_PER_PRINCIPAL',
  'LIMIT_SYNCS_PER_MINUTE',
];

/** The built server as it runs in production, api and worker, on engines and data of its own. */
export async function startServer(options: {
  profileDir?: string;
  env?: Record<string, string>;
}): Promise<BenchServer> {
  const built = (name: string) => join(import.meta.dirname, '../dist/src', name);
  if (!existsSync(built('main.js'))) throw new Error('The server is not built yet: npm run build:server');
  const dataDir = await mkdtemp(join(tmpdir(), 'flc-bench-'));
  const engines = await startEngines({ dataDir, onProgress: console.log });
  const env = { ...(await environment(engines, dataDir)), ...options.env };
  await promisify(execFile)(process.execPath, [built('migrate.js')], { env });
  const profile = options.profileDir ? ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`] : [];
  const api = await launch(built('main.js'), env, profile);
  const worker = await launch(built('worker.js'), env, []);
  return {
    url: env.PUBLIC_URL!,
    mongodbUrl: engines.urls.mongodb,
    pids: { api: api.pid!, worker: worker.pid!, ...enginePids(engines) },
    stop: async () => {
      await Promise.all([end(api), end(worker)]);
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function enginePids({ engines }: RunningEngines): Record<string, number> {
  return Object.fromEntries(Object.values(engines).map(({ name, pid }) => [name, pid]));
}

async function environment({ urls }: RunningEngines, dataDir: string): Promise<NodeJS.ProcessEnv> {
  const port = await freePort();
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    POSTGRES_URL: urls.postgres,
    MONGODB_URL: urls.mongodb,
    REDIS_URL: urls.redis,
    JWT_SECRET: randomBytes(32).toString('hex'),
    SECRETS_KEY: randomBytes(32).toString('hex'),
    SMTP_URL: 'smtp://127.0.0.1:1',
    ...Object.fromEntries(ROOMY_LIMITS.map((name) => [name, ROOMY])),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Resolves when the process says that it is ready. */
function launch(path: string, env: NodeJS.ProcessEnv, execArgv: string[]): Promise<ChildProcess> {
  const child = fork(path, [], { env, execArgv });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`${path} ended with ${code} before it was ready`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
