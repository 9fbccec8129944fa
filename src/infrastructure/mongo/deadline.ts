import { Unavailable } from '../../common/errors/common.errors.js';

const DEADLINE_MS = 2_500;

/**
 * A store that hangs must not hang its callers: they get a retryable answer within three seconds.
 * What was asked for may still happen; every write that is awaited like this can be repeated.
 */
export function withDeadline<T>(work: Promise<T>, ms = DEADLINE_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unavailable()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
