import { aHouse } from './house.js';
import type { Stage } from './trial.js';
import { Truth } from './truth.js';
import { seededRandom } from './waiting.js';
import { World, type WorldOptions } from './world.js';

/** One agent more than take part: somebody who must hear nothing of the group. */
const AGENTS = 3;

export interface StageOptions extends WorldOptions {
  seed: number;
  holdMs: number;
  stopMs: number;
}

/** Everything that trials need, for many of them one after the other. */
export async function raiseStage({ seed, holdMs, stopMs, ...options }: StageOptions): Promise<Stage> {
  const world = await World.start(options);
  const house = await aHouse(world.url, AGENTS);
  const truth = await Truth.at(world.mongodbUrl);
  return { world, house, truth, random: seededRandom(seed), holdMs, stopMs };
}

export async function strike(stage: Stage | undefined): Promise<void> {
  await stage?.truth.close();
  await stage?.world.stop();
}
