import { setTimeout as sleep } from 'node:timers/promises';
import { STEPS, type Step } from '../../../src/common/steps.js';
import type { EngineName } from '../../../src/embedded/engines.js';
import type { Launch, NodeProcess } from './node-process.js';
import type { Proxy } from './proxy.js';
import type { Scenario } from './trial.js';
import { pick, until } from './waiting.js';

const KILL_EVERY_MS = 2_000;
const SLOW_MS = 300;
const TEN_MINUTES_MS = 600_000;
/** A step is passed many times a second; the relay's only when a lease has run out. */
const PASSED_WITHIN_MS = 12_000;

/** Two seconds until the other node reads the heads, one until a client asks for what it misses, and the way. */
const PROMPT_WITHOUT_REDIS_MS = 6_000;

const NAMES: Record<EngineName, string> = { mongodb: 'MongoDB', redis: 'Redis', postgres: 'PostgreSQL' };

const WITHOUT: Record<EngineName, string> = {
  mongodb: 'sends are refused as retryable and land once when it answers again, nothing acked is missing',
  redis: 'sends go on being acked, the other node catches up, nothing is missing or shown twice',
  postgres: 'who is connected goes on, nothing is missing',
};

const nodeDies: Scenario = {
  name: 'kill -9 of a random node every 2 s',
  expects: 'what was acked stays, what was not is retried on the other node and lands once',
  inject: async ({ world, random, holdMs }) => {
    for (const end = Date.now() + 3 * holdMs; Date.now() < end; await sleep(KILL_EVERY_MS)) {
      const node = pick(world.nodes, random);
      await node.kill();
      await node.start();
      world.shake();
    }
  },
};

const nodeStops: Scenario = {
  name: 'SIGSTOP of a node',
  expects: 'its clients wait or go to the other node, and everybody has everything when it goes on',
  inject: async ({ world, random, stopMs }) => {
    const node = pick(world.nodes, random);
    node.signal('SIGSTOP');
    await sleep(stopMs);
    node.signal('SIGCONT');
  },
};

const rollingRestart: Scenario = {
  name: 'rolling restart',
  expects: 'every client is told when to come back, nobody loses anything',
  inject: async ({ world }, cast) => {
    const told = new Set<string>();
    for (const actor of cast.actors) actor.on('server:closing', () => told.add(actor.role.name));
    for (const node of world.nodes) {
      await node.stop();
      await node.start();
      await until(
        () => cast.isOnline,
        () => `all to be back: ${cast.describe()}`,
      );
    }
    const untold = cast.actors.filter(({ role }) => !told.has(role.name));
    return untold.map(({ role }) => `${role.name} was not told that the server closes`);
  },
};

function engineDies(engine: EngineName): Scenario {
  return {
    name: `kill -9 of ${NAMES[engine]}`,
    expects: `${WITHOUT[engine]}${engine === 'redis' ? ', though it comes back empty' : ''}`,
    ...promptIf(engine),
    inject: async ({ world, holdMs }) => {
      world.kill(engine);
      await sleep(holdMs);
      await world.restart(engine);
    },
  };
}

function engineStops(engine: EngineName): Scenario {
  return {
    name: `SIGSTOP of ${NAMES[engine]}`,
    expects: WITHOUT[engine],
    ...promptIf(engine),
    inject: async ({ world, stopMs }) => {
      world.pause(engine);
      await sleep(stopMs);
      world.resume(engine);
    },
  };
}

type Weather = 'cut' | 'slow' | 'black hole';

function networkFails(engine: EngineName, weather: Weather): Scenario {
  return {
    name: `${weather} between ${NAMES[engine]} and one node, then all`,
    expects: weather === 'slow' ? 'everything goes on, only later' : WITHOUT[engine],
    ...promptIf(engine),
    inject: async ({ world, random, holdMs }) => {
      const unlucky = Math.floor(random() * world.nodes.length);
      for (const proxies of [world.proxiesOf(engine, unlucky), world.proxiesOf(engine)]) {
        for (const proxy of proxies) spoil(proxy, weather);
        await sleep(holdMs);
        await Promise.all(proxies.map((proxy) => proxy.heal()));
      }
    },
  };
}

function promptIf(engine: EngineName): Pick<Scenario, 'promptWithinMs'> {
  return engine === 'redis' ? { promptWithinMs: PROMPT_WITHOUT_REDIS_MS } : {};
}

function spoil(proxy: Proxy, weather: Weather): void {
  if (weather === 'cut') proxy.cut();
  else if (weather === 'slow') proxy.delay(SLOW_MS);
  else proxy.blackHole();
}

const twoDie: Scenario = {
  name: 'kill -9 of a node while Redis is away',
  expects: 'what the dead node had not told anybody is told by the other, which cannot be told of it',
  inject: async ({ world, random, holdMs }) => {
    world.kill('redis');
    await sleep(holdMs / 2);
    const node = pick(world.nodes, random);
    await node.kill();
    await sleep(holdMs / 2);
    await Promise.all([world.restart('redis'), node.start()]);
  },
};

const allDie: Scenario = {
  name: 'kill -9 of everything at once',
  expects: 'what was acked is there when all has come back, and what was not is retried and lands once',
  inject: async ({ world }) => {
    for (const engine of ENGINES) world.kill(engine);
    await Promise.all(world.nodes.map((node) => node.kill()));
    await Promise.all(ENGINES.map((engine) => world.restart(engine)));
    await Promise.all(world.nodes.map((node) => node.start()));
  },
};

const clocksOff: Scenario = {
  name: 'clocks 10 min ahead on one node and 10 min behind on the other',
  expects: 'order and delivery do not depend on any clock',
  inject: async ({ world, holdMs }) => {
    for (const skews of [
      [TEN_MINUTES_MS, 0],
      [TEN_MINUTES_MS, -TEN_MINUTES_MS],
    ]) {
      await Promise.all(skews.map((clockSkewMs, index) => world.node(index).restart({ clockSkewMs })));
      world.shake();
      await sleep(holdMs);
    }
    await Promise.all(world.nodes.map((node) => node.restart()));
  },
};

function nodesDieAt(steps: readonly Step[], of: string): Scenario {
  return {
    name: `kill -9 at each step of ${of}`,
    expects: 'before it is stored the retry makes it, after that everybody has it once, whoever dies',
    inject: async ({ world, random }) => {
      const faults: string[] = [];
      for (let next = 0; next < steps.length; next += world.nodes.length) {
        const armed = world.nodes.map((node, index) => ({ node, step: steps[next + index] }));
        await Promise.all(armed.map(({ node, step }) => node.restart(step && abortAt(step, random))));
        world.shake();
        const deaths = armed.flatMap(({ node, step }) => (step ? [deathOf(node, step)] : []));
        faults.push(...(await Promise.all(deaths)).flat());
      }
      await Promise.all(world.nodes.map((node) => node.restart()));
      return faults;
    },
  };
}

function abortAt(step: Step, random: () => number): Launch {
  return { abortAt: { step, after: 1 + Math.floor(random() * 3) } };
}

/** The relay has work only when a node has died before, and both may be down for a moment. */
const relayDies: Scenario = {
  name: 'kill -9 at each step of the relay',
  expects: 'what a dead node and then a dead relay left behind is finished by who comes next, once',
  inject: async ({ world }) => {
    const [first, second] = [world.node(0), world.node(1)];
    const faults: string[] = [];
    for (const step of stepsOf('relay')) {
      await Promise.all([
        second.restart({ abortAt: { step } }),
        first.restart({ abortAt: { step: 'send.3-told' } }),
      ]);
      world.shake();
      faults.push(...(await deathOf(first, 'send.3-told')), ...(await deathOf(second, step)));
    }
    await Promise.all([first.restart(), second.restart()]);
    return faults;
  },
};

async function deathOf(node: NodeProcess, step: Step): Promise<string[]> {
  return until(
    () => !node.isRunning,
    () => `a node to die at ${step}`,
    PASSED_WITHIN_MS,
  ).then(
    () => [],
    (error: Error) => [error.message],
  );
}

function stepsOf(deed: 'send' | 'change' | 'relay'): Step[] {
  return STEPS.filter((step) => step.startsWith(`${deed}.`));
}

const ENGINES: readonly EngineName[] = ['mongodb', 'redis', 'postgres'];
const WEATHERS: readonly Weather[] = ['cut', 'slow', 'black hole'];

export const DEATHS: readonly Scenario[] = [
  nodeDies,
  ...ENGINES.map(engineDies),
  twoDie,
  allDie,
  rollingRestart,
];

export const STOPS: readonly Scenario[] = [nodeStops, ...ENGINES.map(engineStops)];

export const NETWORK: readonly Scenario[] = ENGINES.flatMap((engine) =>
  WEATHERS.map((weather) => networkFails(engine, weather)),
);

export const STEP_BY_STEP: readonly Scenario[] = [
  nodesDieAt(stepsOf('send'), 'a send'),
  nodesDieAt(stepsOf('change'), 'a change'),
  relayDies,
];

export const CLOCKS: readonly Scenario[] = [clocksOff];

export const SCENARIOS: readonly Scenario[] = [...DEATHS, ...STOPS, ...NETWORK, ...STEP_BY_STEP, ...CLOCKS];
