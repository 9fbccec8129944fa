import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ledger } from './rig/ledger.js';
import { SCENARIOS } from './rig/scenarios.js';
import { raiseStage, strike } from './rig/stage.js';
import { runTrial, type Scenario, type Stage } from './rig/trial.js';
import { seededRandom } from './rig/waiting.js';

const MINUTES = Number(process.env.FAULTS_MINUTES ?? 1);
const SEED = Number(process.env.FAULTS_SEED ?? 1);
const MINUTE_MS = 60_000;
const REPORT = join(import.meta.dirname, '../../ci-output/faults.json');

describe(`${MINUTES} minutes of faults at random`, () => {
  const ledger = new Ledger();
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage({ seed: SEED, holdMs: 4_000, stopMs: 10_000 });
  }, 90_000);

  afterAll(async () => {
    process.stdout.write(`\n${ledger.table()}\n\nseed ${SEED}; figures in ${REPORT}\n`);
    await strike(stage);
  }, MINUTE_MS);

  async function tryOut(scenario: Scenario): Promise<void> {
    process.stdout.write(`${scenario.name}: ${scenario.expects}\n`);
    const outcome = await runTrial(stage, scenario);
    ledger.add(outcome);
    ledger.write(REPORT, { minutes: MINUTES, seed: SEED });
    if (outcome.faults.length === 0) return;
    process.stdout.write(`${outcome.faults.join('\n')}\n${stage.world.logs()}\n`);
  }

  it(
    'keeps every promise',
    async () => {
      const random = seededRandom(SEED);
      for (const end = Date.now() + MINUTES * MINUTE_MS; Date.now() < end;) {
        for (const scenario of shuffled(SCENARIOS, random)) if (Date.now() < end) await tryOut(scenario);
      }
      expect(ledger.faults).toEqual([]);
    },
    (MINUTES + 5) * MINUTE_MS,
  );
});

/** Each once before any comes again. */
function shuffled(scenarios: readonly Scenario[], random: () => number): Scenario[] {
  return scenarios
    .map((scenario) => ({ scenario, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ scenario }) => scenario);
}
