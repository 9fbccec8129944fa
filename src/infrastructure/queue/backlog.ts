export interface BacklogState {
  /** Exact to 1,000. */
  overdue: number;
  /** Since when the first of it is; null when nothing is. */
  since: Date | null;
}

/** Work that waits outside the queues, where it cannot be lost: whoever keeps such marks provides this. */
export abstract class Backlog {
  abstract read(): Promise<BacklogState>;
}
