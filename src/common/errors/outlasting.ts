import { setTimeout as sleep } from 'node:timers/promises';
import { toRefusal } from './wire-error.js';

const PAUSES_MS = [500, 2_000, 5_000];

/**
 * Asks again while a store is away for a moment: for answers that have begun, whose reader would be left with a part.
 * Throws at once what is no matter of time, and at last what was thrown last.
 */
export async function outlasting<T>(ask: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await ask();
    } catch (error) {
      if (toRefusal(error, '').status !== 503) throw error;
    }
    await sleep(pauseMs);
  }
  return ask();
}
