import type { IsoTime } from './common.js';

/** How much work waits. */
export interface QueueView {
  name: string;
  waiting: number;
  active: number;
  /** To be done at a later time. */
  delayed: number;
  failed: number;
  /** How long the next one has been waiting; null when none is. */
  oldestWaitingMs: number | null;
  paused: boolean;
}

/** Work that is marked on the messages themselves and overdue: the relay has it to do. */
export interface BacklogView {
  /** Exact to 1,000. */
  overdue: number;
  oldestOverdueMs: number | null;
}

export interface QueuesView {
  items: QueueView[];
  backlog: BacklogView;
}

/** A job of one's own organization that was given up. */
export interface FailedJobView {
  id: string;
  name: string;
  /** Why, in short. */
  failedReason: string;
  attempts: number;
  failedAt: IsoTime;
}
