import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Step } from '../../../src/common/steps.js';

/** The api, or the worker. */
export type Program = 'main' | 'worker';

const READY_WITHIN_MS = 30_000;

/** What one launch has that the next has not. */
export interface Launch {
  abortAt?: { step: Step; after?: number };
  clockSkewMs?: number;
}

/** One node of the built product in a process of its own, on a port that it keeps through all its lives. */
export class NodeProcess {
  private child: ChildProcess | null = null;

  constructor(
    readonly port: number,
    private readonly env: Record<string, string>,
    readonly logFile: string,
    private readonly program: Program = 'main',
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  async start(launch: Launch = {}): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const child = fork(built(this.program), [], {
      env: { PATH: process.env.PATH, ...this.env, PORT: String(this.port), ...switchesOf(launch) },
      execArgv: preloadsOf(launch).flatMap((path) => ['--import', path]),
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    await readiness(child, this.logFile);
  }

  signal(name: NodeJS.Signals): void {
    if (this.isRunning) this.child?.kill(name);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }

  /** In good order. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await this.ended();
  }

  async restart(launch: Launch = {}): Promise<void> {
    await this.kill();
    await this.start(launch);
  }

  async ended(): Promise<void> {
    if (this.isRunning) await new Promise((resolve) => this.child?.once('exit', resolve));
  }
}

export function built(program: Program | 'migrate'): string {
  return fileURLToPath(new URL(`../../../dist/src/${program}.js`, import.meta.url));
}

function readiness(child: ChildProcess, logFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`the node ${reason}; see ${logFile}`));
    };
    const timer = setTimeout(() => fail('did not become ready'), READY_WITHIN_MS);
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? code} before it was ready`));
    child.once('message', () => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve();
    });
  });
}

function switchesOf({ abortAt, clockSkewMs }: Launch): Record<string, string> {
  return {
    ...(abortAt && { ABORT_AT: abortAt.step, ABORT_AFTER: String(abortAt.after ?? 1) }),
    ...(clockSkewMs && { CLOCK_SKEW_MS: String(clockSkewMs) }),
  };
}

function preloadsOf({ abortAt, clockSkewMs }: Launch): string[] {
  const preload = (name: string) => fileURLToPath(new URL(`./preloads/${name}.mjs`, import.meta.url));
  return [...(abortAt ? [preload('abort-at')] : []), ...(clockSkewMs ? [preload('clock-skew')] : [])];
}
