import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadConfig } from './config/app-config.js';
import { ConfigError } from './config/env-reader.js';
import { EngineError, type EngineUrls } from './embedded/engine.js';
import { startEngines, type RunningEngines } from './embedded/engines.js';
import { ServerProcess } from './embedded/server-process.js';

const SLOW_MS = 1000;
const PARENT_CHECK_MS = 500;
/** npm hands Ctrl-C on to us, and so does the terminal: both arrive at once and are one wish. */
const SAME_WISH_MS = 500;

interface Ready {
  url: string;
  demo?: { email: string; password: string; pluginKey: string } | null;
  /** To be looked at, as no mail server takes them. */
  keepsMails?: boolean;
}

interface Secrets {
  jwtSecret: string;
  secretsKey: string;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const built = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** `npm start`: the embedded engines, the migrations, then the api and the worker, until it is told to stop. */
class LocalServer {
  private readonly dataDir = resolve(process.env.DATA_DIR || '.data');
  private engines: RunningEngines | null = null;
  private processes: ServerProcess[] = [];
  private stopAsked = 0;

  get isStopping(): boolean {
    return this.stopAsked > 0;
  }

  async run(): Promise<void> {
    this.listenForTheEnd();
    const external = externalUrls();
    this.checkSettings(external);
    this.engines = await startEngines({
      dataDir: this.dataDir,
      external,
      onProgress: say,
      restartOnCrash: true,
    });
    const env = this.childEnvironment(this.engines.urls, developmentSecrets(this.dataDir));
    await whileSlow('Migrating the databases ...', migrate(env));
    const ready = await whileSlow('Starting the server ...', this.startProcesses(env));
    if (!this.isStopping) say(greeting(ready));
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((part) => part.stop()));
    await this.engines?.stop();
  }

  /** Before anything is started for them. Throws ConfigError. */
  private checkSettings({ postgres, mongodb, redis }: Partial<EngineUrls>): void {
    const urls = {
      postgres: postgres ?? 'postgres://embedded',
      mongodb: mongodb ?? 'mongodb://embedded',
      redis: redis ?? 'redis://embedded',
    };
    const made = 'x'.repeat(64);
    loadConfig(this.childEnvironment(urls, { jwtSecret: made, secretsKey: made }));
  }

  private async startProcesses(env: NodeJS.ProcessEnv): Promise<Ready> {
    const part = (name: string, file: string) =>
      new ServerProcess({ name, path: built(file), env, onProgress: say });
    const api = part('api', './main.js');
    const worker = part('worker', './worker.js');
    this.processes = [api, worker];
    const [ready] = await Promise.all([api.start<Ready>(), worker.start()]);
    return ready;
  }

  private childEnvironment(urls: EngineUrls, secrets: Secrets): NodeJS.ProcessEnv {
    const isProduction = process.env.NODE_ENV === 'production';
    return {
      DEMO_TENANT: String(!isProduction),
      FETCH_LOCALHOST: String(!isProduction),
      LOG_LEVEL: 'warn',
      JWT_SECRET: secrets.jwtSecret,
      SECRETS_KEY: secrets.secretsKey,
      // Saves a later start half a second of compiling what has not changed.
      NODE_COMPILE_CACHE: join(this.dataDir, 'compiled'),
      ...process.env,
      DATA_DIR: this.dataDir,
      POSTGRES_URL: urls.postgres,
      MONGODB_URL: urls.mongodb,
      REDIS_URL: urls.redis,
    };
  }

  private listenForTheEnd(): void {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => this.onStopAsked());
    // npm itself may be killed; a server that nobody can stop any more must not stay on the port.
    const parent = process.ppid;
    const check = () => process.ppid !== parent && this.onStopAsked();
    if (process.env.npm_lifecycle_event) setInterval(check, PARENT_CHECK_MS).unref();
  }

  private onStopAsked(): void {
    const isFirst = !this.isStopping;
    const isImpatient = !isFirst && Date.now() - this.stopAsked > SAME_WISH_MS;
    if (isImpatient) this.endAtOnce();
    if (!isFirst) return;
    this.stopAsked = Date.now();
    // What is still starting notices that this process is gone and ends by itself.
    void this.stop().finally(() => process.exit(0));
  }

  private endAtOnce(): never {
    this.processes.forEach((part) => part.kill());
    process.exit(130);
  }
}

function externalUrls(): Partial<EngineUrls> {
  const { POSTGRES_URL, MONGODB_URL, REDIS_URL } = process.env;
  return {
    postgres: POSTGRES_URL || undefined,
    mongodb: MONGODB_URL || undefined,
    redis: REDIS_URL || undefined,
  };
}

/** Made once and kept: signed in stays signed in over a restart. */
function developmentSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  } catch {
    const secrets = {
      jwtSecret: randomBytes(32).toString('hex'),
      secretsKey: randomBytes(32).toString('hex'),
    };
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    return secrets;
  }
}

/** In a process of its own, so that the drivers it loads do not stay in this one for ever. */
async function migrate(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [built('./migrate.js')], { env });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new EngineError(`The databases could not be migrated: ${stderr?.trim() || message}`);
  }
}

async function whileSlow<T>(line: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => say(line), SLOW_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

function greeting({ url, demo, keepsMails }: Ready): string {
  const login = demo ? `   log in as ${demo.email} with the password ${demo.password}` : '';
  return [
    `Ready on ${url}`,
    `  Dashboard  ${url}/dashboard${login}`,
    `  Widget     ${url}/widget`,
    `  API docs   ${url}/docs`,
    ...(keepsMails ? [`  Mail       ${url}/dev/mail`] : []),
  ].join('\n');
}

const server = new LocalServer();
try {
  await server.run();
} catch (error) {
  if (!server.isStopping) await giveUp(error);
}

async function giveUp(error: unknown): Promise<never> {
  const isTold = error instanceof EngineError || error instanceof ConfigError;
  process.stderr.write(`${isTold ? error.message : String((error as Error).stack)}\n`);
  await server.stop();
  process.exit(1);
}
