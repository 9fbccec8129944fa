import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './engine.js';
import { signal, terminate } from './processes.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STABLE_AFTER_MS = 30_000;
const STOP_PATIENCE_MS = 10_000;

export interface ServerProcessOptions {
  name: string;
  path: string;
  env: NodeJS.ProcessEnv;
  onProgress: (line: string) => void;
}

/** A process of the server itself: a failure of its first start is final, any later end is followed by a restart. */
export class ServerProcess {
  private child: ChildProcess | null = null;
  private wanted = true;
  private launched = 0;
  private pauseMs = FIRST_PAUSE_MS;

  constructor(private readonly options: ServerProcessOptions) {}

  /** Resolves with the message by which the process says that it is ready. */
  start<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      const child = this.launch();
      child.once('error', reject);
      child.once('exit', (code, name) => reject(new EngineError(this.failure(code, name))));
      child.once('message', (message) => {
        child.removeAllListeners('exit');
        child.once('exit', () => this.onExit(child));
        resolve(message as T);
      });
    });
  }

  async stop(): Promise<void> {
    this.wanted = false;
    const pid = this.child?.pid;
    this.child = null;
    if (pid) await terminate(pid, 'SIGTERM', STOP_PATIENCE_MS);
  }

  kill(): void {
    this.wanted = false;
    if (this.child?.pid) signal(this.child.pid, 'SIGKILL');
  }

  private failure(code: number | null, name: NodeJS.Signals | null): string {
    return `The ${this.options.name} could not start (${name ?? `code ${code}`}); the lines above say why.`;
  }

  /** In a session of its own: Ctrl-C is for the parent, which stops everything in order. */
  private launch(): ChildProcess {
    const { path, env } = this.options;
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = fork(path, [], {
      env,
      detached: true,
      stdio: [...stdio],
    });
    this.child = child;
    this.launched = Date.now();
    return child;
  }

  private onExit(child: ChildProcess): void {
    if (this.child !== child || !this.wanted) return;
    this.child = null;
    void this.comeBack();
  }

  private async comeBack(): Promise<void> {
    if (Date.now() - this.launched > STABLE_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
    this.options.onProgress(`The ${this.options.name} ended unexpectedly and is being restarted`);
    await sleep(this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    if (!this.wanted) return;
    const child = this.launch();
    child.once('error', () => this.onExit(child));
    child.once('exit', () => this.onExit(child));
  }
}
