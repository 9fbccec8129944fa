import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { raiseStage, strike } from './rig/stage.js';
import { runTrial, type Scenario, type Stage } from './rig/trial.js';

/** MongoDB wants half a gigabyte free before it builds an index; what is not written costs no memory. */
const ROOMY_MEGABYTES = 640;
const FULL_MS = 4_000;
const MEGABYTE = 1024 * 1024;

/** A disk of its own needs the right to mount one. */
const whenMounting = mayMount() ? describe : describe.skip;

whenMounting('the disk of MongoDB is full (skipped where nothing may be mounted)', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-full-'));
  const disk = join(dataDir, 'mongodb');
  let stage: Stage;

  beforeAll(async () => {
    mkdirSync(disk, { mode: 0o700 });
    mount(disk, ROOMY_MEGABYTES);
    stage = await raiseStage({ seed: 1, holdMs: FULL_MS, stopMs: FULL_MS, dataDir });
  }, 90_000);

  afterAll(async () => {
    await strike(stage);
    unmount(disk);
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  const diskFull: Scenario = {
    name: 'the disk of MongoDB fills up',
    expects: 'what cannot be stored is refused as retryable, and lands once when there is room again',
    inject: async ({ world, holdMs }) => {
      resize(disk, usedMegabytes(disk));
      const refusal = await writeUntilRefused();
      await sleep(holdMs);
      resize(disk, ROOMY_MEGABYTES);
      await world.restart('mongodb');
      return refusal ? [] : ['the disk was never full'];
    },
  };

  /** The journal has some room of its own, which people talking would take long to fill. */
  async function writeUntilRefused(): Promise<Error | null> {
    const client = new mongoose.mongo.MongoClient(stage.world.mongodbUrl, {
      serverSelectionTimeoutMS: 2_000,
    });
    const ballast = client.db('ballast').collection('ballast');
    try {
      for (let megabytes = 0; megabytes < 2 * ROOMY_MEGABYTES; megabytes++) {
        await within(2_000, ballast.insertOne({ weight: randomBytes(MEGABYTE) }));
      }
      return null;
    } catch (error) {
      return error as Error;
    } finally {
      await client.close(true);
    }
  }

  it(
    diskFull.expects,
    async () => {
      process.stdout.write(`${diskFull.name}\n  expected: ${diskFull.expects}\n`);
      const outcome = await runTrial(stage, diskFull);
      if (outcome.faults.length > 0) process.stdout.write(stage.world.logs());
      expect(outcome.faults).toEqual([]);
    },
    120_000,
  );
});

/** A store without a disk may also just hang. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = sleep(ms).then(() => Promise.reject(new Error(`no answer within ${ms} ms`)));
  return Promise.race([work, late]);
}

/** What is on it now fits, and nothing more. */
function usedMegabytes(disk: string): number {
  const { bsize, blocks, bfree } = statfsSync(disk);
  return Math.ceil(((blocks - bfree) * bsize) / MEGABYTE);
}

function resize(disk: string, megabytes: number): void {
  execFileSync('mount', ['-o', `remount,size=${megabytes}m`, disk], { stdio: 'pipe' });
}

function mount(path: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path], {
    stdio: 'pipe',
  });
}

function unmount(path: string): void {
  execFileSync('umount', ['-l', path], { stdio: 'pipe' });
}

function mayMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'flc-mount-'));
  try {
    mount(probe, 1);
    unmount(probe);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}
