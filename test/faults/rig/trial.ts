import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from './cast.js';
import { checkHistory, type Verdict } from './history.js';
import type { House } from './house.js';
import type { Truth } from './truth.js';
import { until } from './waiting.js';
import { Workload } from './workload.js';
import type { World } from './world.js';

export interface Stage {
  world: World;
  house: House;
  truth: Truth;
  random: () => number;
  /** How long a fault lasts, when nothing else decides it. */
  holdMs: number;
  stopMs: number;
}

export interface Scenario {
  name: string;
  /** What must be seen, in one line, said before the fault is injected. */
  expects: string;
  /** How late a message may be for somebody who is connected, where the fault leaves a way. */
  promptWithinMs?: number;
  /** Hurts the world while people talk, and returns when the fault is over, with what it saw of broken promises. */
  inject(stage: Stage, cast: Cast): Promise<string[] | void>;
}

export interface Outcome extends Verdict {
  scenario: string;
  expects: string;
  recoveredMs: number;
  /** From an acknowledgement until the last of those who were connected all the while showed the message. */
  slowestMs: number;
}

const WARM_UP_MS = 600;
const EVERY_MS = 200;
const RECOVERS_WITHIN_MS = 45_000;

/** One fault while people talk; then the oracle's word on everything that was said. */
export async function runTrial(stage: Stage, scenario: Scenario): Promise<Outcome> {
  const cast = await Cast.gather(stage.house);
  const workload = new Workload(cast.speakers, { everyMs: EVERY_MS, random: stage.random });
  try {
    workload.start();
    await sleep(WARM_UP_MS);
    const seen = (await scenario.inject(stage, cast)) ?? [];
    const endedAt = Date.now();
    workload.stop();
    await recover(cast, stage.truth);
    const recoveredMs = Date.now() - endedAt;
    const verdict = await judge(cast, stage.truth);
    const faults = [...seen, ...lateness(cast.slowestMs, scenario), ...verdict.faults];
    const { name, expects } = scenario;
    return {
      scenario: name,
      expects,
      recoveredMs,
      slowestMs: cast.slowestMs,
      figures: verdict.figures,
      faults,
    };
  } finally {
    workload.stop();
    cast.leave();
    await stage.world.heal();
  }
}

function lateness(slowestMs: number, { promptWithinMs = Infinity }: Scenario): string[] {
  return slowestMs > promptWithinMs ? [`late: a message was shown ${slowestMs} ms after it was acked`] : [];
}

/** Everybody is back, has had an answer to everything, and shows what is stored; and what is said now reaches all. */
async function recover(cast: Cast, truth: Truth): Promise<void> {
  cast.probe();
  await until(
    async () => cast.isOnline && cast.isIdle && (await cast.isInStep(truth)),
    () => `everybody to be in step: ${cast.describe()}`,
    RECOVERS_WITHIN_MS,
  ).catch((error: Error) => cast.noteFailure(error));
}

async function judge(cast: Cast, truth: Truth): Promise<Verdict> {
  const logs = await cast.logs(truth);
  const verdict = checkHistory(logs, await truth.messages(cast.conversationIds), cast.permitted);
  return { ...verdict, faults: [...cast.failures, ...verdict.faults] };
}
