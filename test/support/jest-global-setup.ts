import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './resolve-typescript.mjs';
import type { RunningEngines } from '../../src/embedded/engines.js';

declare global {
  var testEngines: { running: RunningEngines; dataDir: string; users: number } | undefined;
}

/** Engines of our own in a folder of our own, once per run, however many projects ask for them. */
export default async function setup(): Promise<void> {
  if (globalThis.testEngines) {
    globalThis.testEngines.users++;
    return;
  }
  const { startEngines } = await import('../../src/embedded/engines.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-test-'));
  const external = {
    postgres: process.env.TEST_POSTGRES_URL,
    mongodb: process.env.TEST_MONGODB_URL,
    redis: process.env.TEST_REDIS_URL,
  };
  const running = await startEngines({ dataDir, external, ephemeral: true, onProgress: console.log }).catch(
    (error: unknown) => {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    },
  );
  globalThis.testEngines = { running, dataDir, users: 1 };
  process.env.TEST_POSTGRES_URL = running.urls.postgres;
  process.env.TEST_MONGODB_URL = running.urls.mongodb;
  process.env.TEST_REDIS_URL = running.urls.redis;
  process.env.TEST_RUN = randomBytes(3).toString('hex');
}
