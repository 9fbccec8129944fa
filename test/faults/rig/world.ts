import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NetConnectOpts } from 'node:net';
import { startEngines, type EngineName, type RunningEngines } from '../../../src/embedded/engines.js';
import { freePort } from '../../../src/embedded/ports.js';
import { envFor } from '../../support/env.js';
import { Balancer } from './balancer.js';
import { built, NodeProcess } from './node-process.js';
import { descendantsOf } from './process-tree.js';
import { Proxy } from './proxy.js';

export const ENGINES = ['mongodb', 'redis', 'postgres'] as const satisfies readonly EngineName[];

export interface WorldOptions {
  nodes?: number;
  hasWorker?: boolean;
  env?: Record<string, string>;
  /** Where all data lie; whoever names a folder also removes it. */
  dataDir?: string;
}

type Proxies = Record<EngineName, Proxy>;

/** What a node runs on, apart from the defaults: the tests look at it for long, and at once for what is lost. */
const RIG_ENV = {
  LOG_LEVEL: 'warn',
  ACCESS_TOKEN_SECONDS: '86400',
  USER_TOKEN_SECONDS: '86400',
  LIMIT_SOCKETS_PER_PRINCIPAL: '1000',
  LIMIT_PARTNER_MESSAGES_PER_MINUTE: '100000',
  LIMIT_SYNCS_PER_MINUTE: '100000',
  LIMIT_CONNECTS_PER_MINUTE: '100000',
  HEADS_INTERVAL_MS: '5000',
};

/** The whole product as it is deployed: engines, nodes behind a balancer; and between any two of them a fault. */
export class World {
  private readonly paused = new Map<EngineName, number[]>();

  private constructor(
    /** To be removed in the end. */
    private readonly ownDataDir: string | null,
    private readonly running: RunningEngines,
    readonly nodes: readonly NodeProcess[],
    private readonly proxies: readonly Proxies[],
    private readonly balancer: Balancer,
    private readonly workers: readonly NodeProcess[],
  ) {}

  static async start({
    nodes = 2,
    hasWorker = false,
    env = {},
    ...options
  }: WorldOptions = {}): Promise<World> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'flc-world-'));
    const running = await startEngines({ dataDir, ephemeral: false, restartOnCrash: false });
    await migrate(running);
    const proxies = await Promise.all(Array.from({ length: nodes }, () => proxiesTo(running)));
    const all = await Promise.all(
      proxies.map((own, index) => prepareNode(dataDir, index, running, own, env)),
    );
    const workers = hasWorker ? [prepareWorker(dataDir, running, env)] : [];
    await Promise.all([...all, ...workers].map((node) => node.start()));
    const balancer = await Balancer.over(all.map(({ port }) => port));
    return new World(options.dataDir ? null : dataDir, running, all, proxies, balancer, workers);
  }

  /** The one address that clients know. */
  get url(): string {
    return this.balancer.url;
  }

  get mongodbUrl(): string {
    return this.running.urls.mongodb;
  }

  get redisUrl(): string {
    return this.running.urls.redis;
  }

  node(index: number): NodeProcess {
    const node = this.nodes[index % this.nodes.length];
    if (!node) throw new Error(`there is no node ${index}`);
    return node;
  }

  /** A node that was restarted has no clients until they are spread anew. */
  shake(): void {
    this.balancer.shake();
  }

  /** Between the engine and one node, or all of them. */
  proxiesOf(engine: EngineName, nodeIndex?: number): Proxy[] {
    const chosen = nodeIndex === undefined ? this.proxies : [this.proxies[nodeIndex % this.proxies.length]!];
    return chosen.map((own) => own[engine]);
  }

  kill(name: EngineName): void {
    this.engine(name).kill('SIGKILL');
  }

  async restart(name: EngineName): Promise<void> {
    this.paused.delete(name);
    await this.engine(name).restart();
  }

  /** Stops the engine where it stands, PostgreSQL with all its backends. */
  pause(name: EngineName): void {
    const { pid } = this.engine(name);
    const pids = [pid, ...descendantsOf(pid)];
    this.paused.set(name, pids);
    for (const one of pids) process.kill(one, 'SIGSTOP');
  }

  resume(name: EngineName): void {
    for (const pid of this.paused.get(name) ?? []) process.kill(pid, 'SIGCONT');
    this.paused.delete(name);
  }

  /** Whatever a fault has left broken. */
  async heal(): Promise<void> {
    for (const name of [...this.paused.keys()]) this.resume(name);
    await Promise.all(this.proxies.flatMap((own) => Object.values(own).map((proxy) => proxy.heal())));
    await Promise.all(
      ENGINES.filter((name) => this.engine(name).pid === 0).map((name) => this.restart(name)),
    );
    await Promise.all(
      this.nodes.map(async (node) => {
        node.signal('SIGCONT');
        if (!node.isRunning) await node.start();
      }),
    );
  }

  /** The last lines of every node's log, for a failure to be understood. */
  logs(lines = 40): string {
    return this.nodes
      .map(
        ({ logFile }) =>
          `--- ${logFile}\n${readFileSync(logFile, 'utf8').split('\n').slice(-lines).join('\n')}`,
      )
      .join('\n');
  }

  async stop(): Promise<void> {
    this.balancer.close();
    await Promise.all([...this.nodes, ...this.workers].map((node) => node.kill()));
    for (const own of this.proxies) for (const proxy of Object.values(own)) proxy.close();
    await this.running.stop();
    if (this.ownDataDir) rmSync(this.ownDataDir, { recursive: true, force: true });
  }

  private engine(name: EngineName) {
    const engine = this.running.engines[name];
    if (!engine) throw new Error(`${name} is not ours to hurt`);
    return engine;
  }
}

async function migrate({ urls }: RunningEngines): Promise<void> {
  const env = { PATH: process.env.PATH, POSTGRES_URL: urls.postgres, MONGODB_URL: urls.mongodb };
  await promisify(execFile)(process.execPath, [built('migrate')], { env });
}

async function proxiesTo({ urls }: RunningEngines): Promise<Proxies> {
  const [postgres, mongodb, redis] = await Promise.all(
    [urls.postgres, urls.mongodb, urls.redis].map((url) => Proxy.to(addressIn(url))),
  );
  return { postgres: postgres!, mongodb: mongodb!, redis: redis! };
}

async function prepareNode(
  dataDir: string,
  index: number,
  { urls }: RunningEngines,
  proxies: Proxies,
  env: Record<string, string>,
): Promise<NodeProcess> {
  const databases = {
    postgres: through(urls.postgres, proxies.postgres),
    mongodb: through(urls.mongodb, proxies.mongodb),
    redis: through(urls.redis, proxies.redis),
    redisKeyPrefix: 'faults',
  };
  const own = { DATA_DIR: join(dataDir, `node-${index}`), ...RIG_ENV, ...env };
  return new NodeProcess(await freePort(), envFor(databases, own), join(dataDir, `node-${index}.log`));
}

function prepareWorker(dataDir: string, { urls }: RunningEngines, env: Record<string, string>): NodeProcess {
  const own = { ...RIG_ENV, ...env };
  const databases = { ...urls, redisKeyPrefix: 'faults' };
  return new NodeProcess(0, envFor(databases, own), join(dataDir, 'worker.log'), 'worker');
}

/** Not by `new URL`: MongoDB's may name a Unix socket. */
const HOST_IN_URL = /^(\w+:\/\/(?:[^@/]*@)?)([^/?]+)/;

function addressIn(url: string): NetConnectOpts {
  const host = decodeURIComponent(HOST_IN_URL.exec(url)?.[2] ?? '');
  if (host.startsWith('/')) return { path: host };
  const [name = '', port] = host.split(':');
  return { host: name, port: Number(port) };
}

function through(url: string, proxy: Proxy): string {
  return url.replace(HOST_IN_URL, `$1127.0.0.1:${proxy.port}`);
}
