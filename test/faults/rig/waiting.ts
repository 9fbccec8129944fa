import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** Fails with what was waited for, as it stands at the end. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: () => string,
  ms = 20_000,
): Promise<void> {
  for (const end = Date.now() + ms; !(await isTrue()); await sleep(LOOK_EVERY_MS)) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what()}`);
  }
}

/** The same numbers for the same seed, so that a run can be had again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('there is nothing to pick from');
  return chosen;
}
