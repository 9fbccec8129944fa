import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ledger } from './rig/ledger.js';
import { CLOCKS, DEATHS, NETWORK, STEP_BY_STEP, STOPS } from './rig/scenarios.js';
import { raiseStage, strike } from './rig/stage.js';
import { runTrial, type Scenario, type Stage } from './rig/trial.js';

/** The short form, for every change: long enough for each fault to be felt. `soak.spec` takes its time. */
describe('the engine under faults', () => {
  const ledger = new Ledger();
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage({ seed: 1, holdMs: 2_000, stopMs: 4_000 });
  }, 90_000);

  afterAll(async () => {
    console.log(ledger.table());
    await strike(stage);
  }, 60_000);

  async function keepsItsWord(scenario: Scenario): Promise<void> {
    const outcome = await runTrial(stage, scenario);
    ledger.add(outcome);
    if (outcome.faults.length > 0) console.log(stage.world.logs());
    expect(outcome.faults).toEqual([]);
  }

  /** What is expected stands in the name, and is printed before anything is hurt. */
  function each(scenarios: readonly Scenario[]): void {
    for (const scenario of scenarios) {
      it(`${scenario.name}: ${scenario.expects}`, () => keepsItsWord(scenario), 120_000);
    }
  }

  describe('when something dies', () => each(DEATHS));
  describe('when something stops for a while', () => each(STOPS));
  describe('when the network fails', () => each(NETWORK));
  describe('when a node dies between two steps', () => each(STEP_BY_STEP));
  describe('when clocks disagree', () => each(CLOCKS));
});
