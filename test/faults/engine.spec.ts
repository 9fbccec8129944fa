import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aHouse } from './rig/house.js';
import { CLOCKS, DEATHS, NETWORK, STEP_BY_STEP, STOPS } from './rig/scenarios.js';
import { runTrial, type Scenario, type Stage } from './rig/trial.js';
import { Truth } from './rig/truth.js';
import { seededRandom } from './rig/waiting.js';
import { World } from './rig/world.js';

describe('the engine under faults', () => {
  let stage: Stage;

  beforeAll(async () => {
    const world = await World.start();
    const house = await aHouse(world.url, 3);
    const truth = await Truth.at(world.mongodbUrl);
    stage = { world, house, truth, random: seededRandom(1), holdMs: 2_500, stopMs: 5_000 };
  }, 90_000);

  afterAll(async () => {
    await stage?.truth.close();
    await stage?.world.stop();
  }, 60_000);

  async function keepsItsWord(scenario: Scenario): Promise<void> {
    const begun = Date.now();
    const outcome = await runTrial(stage, scenario);
    console.log(
      outcome.scenario,
      'took',
      Date.now() - begun,
      'recovered',
      outcome.recoveredMs,
      JSON.stringify(outcome.figures),
      outcome.faults,
    );
    if (outcome.faults.length > 0) console.log(stage.world.logs());
    expect(outcome.faults).toEqual([]);
  }

  function cases(scenarios: readonly Scenario[]): void {
    for (const scenario of scenarios) {
      it(`${scenario.name}: ${scenario.expects}`, () => keepsItsWord(scenario), 120_000);
    }
  }

  describe('when something dies', () => cases(DEATHS));
  describe('when something stops for a while', () => cases(STOPS));
  describe('when the network fails', () => cases(NETWORK));
  describe('when a node dies between two steps', () => cases(STEP_BY_STEP));
  describe('when clocks disagree', () => cases(CLOCKS));
});
