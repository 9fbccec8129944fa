import type { WorkerOptions } from 'bullmq';

/**
 * What every worker has in common: a job whose worker died is done again, up to ten times. BullMQ would give it up at
 * the second death, and two releases in a bad moment are two deaths. One that kills its workers by itself does end.
 */
export const WORKER_OPTIONS = { maxStalledCount: 10 } satisfies Partial<WorkerOptions>;
