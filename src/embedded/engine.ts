export type EngineName = 'postgres' | 'mongodb' | 'redis';

export type EngineUrls = Record<EngineName, string>;

export interface EmbeddedEngine {
  readonly name: EngineName;
  readonly url: string;
  readonly pid: number;
  /** For fault tests: a raw signal to the engine itself. */
  kill(signal: NodeJS.Signals): void;
  /** Stops what still runs and starts it again under the same url. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A failure that the person at the terminal can act on: its message is shown alone, without a stack. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
