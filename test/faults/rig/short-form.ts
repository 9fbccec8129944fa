import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';
import { raiseStage, strike } from './stage.js';
import { runTrial, type Scenario, type Stage } from './trial.js';

const SEED = 1;
const HOLD_MS = 2_000;
const STOP_MS = 4_000;

/** For every change: each fault once, long enough to be felt. `soak.spec` takes its time. */
export function testEach(scenarios: readonly Scenario[]): void {
  const ledger = new Ledger();
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage({ seed: SEED, holdMs: HOLD_MS, stopMs: STOP_MS });
  }, 90_000);

  afterAll(async () => {
    if (ledger.lines.length > 0) process.stdout.write(`${ledger.table()}\n`);
    await strike(stage);
  }, 60_000);

  for (const scenario of scenarios) {
    it(`${scenario.name}: ${scenario.expects}`, () => keepsItsWord(scenario), 120_000);
  }

  async function keepsItsWord(scenario: Scenario): Promise<void> {
    process.stdout.write(`${scenario.name}\n  expected: ${scenario.expects}\n`);
    const outcome = await runTrial(stage, scenario);
    ledger.add(outcome);
    if (outcome.faults.length > 0) process.stdout.write(stage.world.logs());
    expect(outcome.faults).toEqual([]);
  }
}
