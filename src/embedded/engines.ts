/**
 * The three databases as child processes of this one, for `npm start` and for the tests:
 *
 *   const running = await startEngines({ dataDir: '.data' });
 *   running.urls.postgres, running.urls.mongodb, running.urls.redis    // hand them to clients and child processes
 *   running.engines.mongodb?.kill('SIGKILL'); await running.engines.mongodb?.restart();   // fault tests
 *   await running.stop();
 *
 * An engine named in `external` is not started. The engines end with this process, however it ends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFolder } from './data-folder.js';
import { EngineProcess, type CrashPolicy, type EngineRecipe } from './engine-process.js';
import { EngineError, type EmbeddedEngine, type EngineName, type EngineUrls } from './engine.js';
import { mongoRecipe } from './mongo.js';
import { postgresRecipe } from './postgres.js';
import { redisRecipe } from './redis.js';

export type { EmbeddedEngine, EngineName, EngineUrls } from './engine.js';

const SLOW_MS = 1000;
const CLAIM_PATIENCE_MS = 2000;

export interface RunningEngines {
  urls: EngineUrls;
  engines: Partial<Record<EngineName, EmbeddedEngine>>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  dataDir: string;
  external?: Partial<EngineUrls>;
  onProgress?: (line: string) => void;
  /** For tests: faster, as nothing has to survive a power cut. */
  ephemeral?: boolean;
  /** Brings a crashed engine back; off in tests, which kill engines on purpose. */
  restartOnCrash?: boolean;
}

export async function startEngines(options: EngineOptions): Promise<RunningEngines> {
  const folder = await claimSoon(options.dataDir);
  const names = (['postgres', 'mongodb', 'redis'] as const).filter((name) => !options.external?.[name]);
  const results = await Promise.allSettled(names.map((name) => startOne(name, folder, options)));
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => {
    await Promise.all(started.map((engine) => engine.stop()));
    folder.release();
  };
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const engines: RunningEngines['engines'] = Object.fromEntries(
    started.map((engine) => [engine.name, engine]),
  );
  return { urls: urlsOf(engines, options.external), engines, stop };
}

/** A run that was asked to stop a moment ago may still hold the folder. */
async function claimSoon(dataDir: string): Promise<DataFolder> {
  const deadline = Date.now() + CLAIM_PATIENCE_MS;
  for (;;) {
    try {
      return DataFolder.claim(dataDir);
    } catch (error) {
      if (!(error instanceof EngineError) || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function startOne(
  name: EngineName,
  folder: DataFolder,
  options: EngineOptions,
): Promise<EngineProcess> {
  const onProgress = options.onProgress ?? (() => undefined);
  const policy: CrashPolicy = { restartOnCrash: options.restartOnCrash ?? false, onProgress };
  const slow = setTimeout(() => onProgress(`Starting ${name} ...`), SLOW_MS);
  try {
    return await EngineProcess.start(await recipeFor(name, folder, options), policy);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`The embedded ${name} did not start: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(slow);
  }
}

function recipeFor(name: EngineName, folder: DataFolder, options: EngineOptions): Promise<EngineRecipe> {
  const onProgress = options.onProgress ?? (() => undefined);
  if (name === 'postgres') return postgresRecipe(folder, options.ephemeral ?? false);
  if (name === 'mongodb') return mongoRecipe(folder, onProgress);
  return redisRecipe(folder);
}

function urlsOf(engines: RunningEngines['engines'], external: Partial<EngineUrls> = {}): EngineUrls {
  const url = (name: EngineName) => external[name] ?? engines[name]?.url ?? '';
  return { postgres: url('postgres'), mongodb: url('mongodb'), redis: url('redis') };
}
