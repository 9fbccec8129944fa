import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedEngine, EngineName } from './engine.js';
import { signal, terminate } from './processes.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
const STABLE_AFTER_MS = 30_000;
const STOP_PATIENCE_MS = 4000;

export interface EngineRecipe {
  name: EngineName;
  url: string;
  stopSignal: NodeJS.Signals;
  /** Resolves with the engine's process when it answers. */
  launch(): Promise<ChildProcess>;
}

export interface CrashPolicy {
  restartOnCrash: boolean;
  onProgress: (line: string) => void;
}

/** Keeps one engine running, from its recipe, until it is told to stop. */
export class EngineProcess implements EmbeddedEngine {
  readonly name: EngineName;
  readonly url: string;
  private readonly recipe: EngineRecipe;
  private readonly policy: CrashPolicy;
  private child: ChildProcess | null = null;
  private wanted = true;
  private launched = 0;
  private pauseMs = FIRST_PAUSE_MS;

  // No parameter properties: the test runner's setup runs these sources with their types merely stripped.
  private constructor(recipe: EngineRecipe, policy: CrashPolicy) {
    this.name = recipe.name;
    this.url = recipe.url;
    this.recipe = recipe;
    this.policy = policy;
  }

  static async start(recipe: EngineRecipe, policy: CrashPolicy): Promise<EngineProcess> {
    const engine = new EngineProcess(recipe, policy);
    await engine.launch();
    return engine;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  kill(name: NodeJS.Signals): void {
    if (this.child?.pid) signal(this.child.pid, name);
  }

  async restart(): Promise<void> {
    await this.end();
    this.wanted = true;
    await this.launch();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.end();
  }

  private async launch(): Promise<void> {
    const child = await this.recipe.launch();
    this.child = child;
    this.launched = Date.now();
    child.once('exit', () => this.onExit(child));
    if (child.exitCode !== null || child.signalCode !== null) this.onExit(child);
    else if (!this.wanted) await this.end();
  }

  private async end(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child?.pid) await terminate(child.pid, this.recipe.stopSignal, STOP_PATIENCE_MS);
  }

  private onExit(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = null;
    if (this.wanted && this.policy.restartOnCrash) void this.comeBack();
  }

  private async comeBack(): Promise<void> {
    this.policy.onProgress(`${this.name} ended unexpectedly and is being restarted`);
    if (Date.now() - this.launched > STABLE_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
    while (this.wanted && !this.child) {
      await sleep(this.pauseMs, undefined, { ref: false });
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      if (this.wanted && !this.child) await this.tryLaunch();
    }
  }

  private async tryLaunch(): Promise<void> {
    try {
      await this.launch();
    } catch (error) {
      this.policy.onProgress(`${this.name} could not be restarted: ${(error as Error).message}`);
    }
  }
}
