import type { IsoTime, PresenceStatus } from './common.js';

/** Of some conversations; null when there was none. */
export interface DurationFigures {
  median: number | null;
  p90: number | null;
}

/** How support goes now, and how it went for some days. */
export interface OverviewView {
  /** The beginning of the first day, by the time zone of the organization. */
  from: IsoTime;
  to: IsoTime;
  /** IANA name, e.g. `Asia/Seoul`. */
  timeZone: string;
  conversations: {
    created: number;
    /** Of those that are resolved now. */
    resolved: number;
    /** Open or pending, and the user has the last word. */
    waitingNow: number;
    /** Since the user last wrote; null when nobody waits. */
    longestWaitMs: number | null;
  };
  /** From the beginning of a conversation to the first answer of an agent, by when it was answered. */
  firstResponseMs: DurationFigures;
  /** From the beginning to the end, by when it was resolved. */
  resolutionMs: DurationFigures;
  rating: { average: number | null; count: number };
  /** Every hour in between, the first first. */
  perHour: { at: IsoTime; messages: number; conversations: number }[];
  /** Agents who are there, or were a moment ago. */
  online: { id: string; name: string; avatarUrl: string | null; presence: PresenceStatus }[];
}
