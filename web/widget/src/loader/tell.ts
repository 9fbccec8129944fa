import type { Callbacks } from './api.js';

/** Tells the page, where it has asked to be told. */
export type Tell = <E extends keyof Callbacks>(event: E, ...facts: Parameters<Callbacks[E]>) => void;

/** The page's own mistakes are the page's: they stop neither us nor what else it listens with. */
export function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    console.error(error);
  }
}
