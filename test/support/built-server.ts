import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answersOn, freePort } from '../../src/embedded/ports.js';
import { envFor } from './app.js';
import type { FreshDatabases } from './engines.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const PROBE = fileURLToPath(new URL('./load-probe.mjs', import.meta.url));
const LOG_TAIL = 4_000;

export interface Reading {
  heapUsed: number;
  lagMs: number;
}

/** The built server in a process of its own, which ends when something in it is not caught. */
export class BuiltServer {
  readonly url: string;
  /** How often it was found ended. */
  deaths = 0;
  lastWords = '';
  private child!: ChildProcess;

  private constructor(
    private readonly port: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(databases: FreshDatabases, overrides: Record<string, string>): Promise<BuiltServer> {
    if (!existsSync(MAIN)) throw new Error('The server is not built yet: npm run build:server');
    const port = await freePort();
    const env = envFor(databases, { PORT: String(port), ...overrides });
    const server = new BuiltServer(port, { PATH: process.env.PATH, ...env });
    await server.launch();
    return server;
  }

  /** So that what ended it can be told from what only came after: each try finds a server that runs. */
  async revive(): Promise<void> {
    if (this.isAlive && (await answersOn(this.port))) return;
    // Its connections are seen to end before it is.
    if (this.isAlive) await once(this.child, 'exit');
    this.deaths++;
    await this.launch();
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async probe(): Promise<Reading> {
    const answered = once(this.child, 'message');
    this.child.send('probe');
    const [reading] = (await answered) as [Reading];
    return reading;
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  private async launch(): Promise<void> {
    const execArgv = ['--expose-gc', '--import', PROBE];
    this.child = fork(MAIN, [], { env: this.env, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const remember = (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-LOG_TAIL);
    };
    this.child.stdout?.on('data', remember);
    this.child.stderr?.on('data', remember);
    await Promise.race([once(this.child, 'message'), once(this.child, 'exit')]);
    if (!this.isAlive) throw new Error(`the server did not start:\n${this.lastWords}`);
  }
}
