import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until it holds: nothing is thrown, and no `false` is answered. Fails as the last look did. */
export async function until(check: () => unknown, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; ; await sleep(50)) {
    try {
      if ((await check()) !== false) return;
      if (Date.now() > end) throw new Error(`it did not come to that within ${ms} ms`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
