import type { PresenceStatus, PrincipalRef } from '../../contracts/common.js';

export const AWAY_AFTER_MS = 5 * 60_000;
/** Once Redis is back, with or without what it held, every node has entered its connections again within this. */
export const SETTLE_MS = 5_000;

/** What follows from how long a connection lives that nobody refreshes. */
export interface Rhythm {
  refreshMs: number;
  /** How often a node looks for what no other could tell it. */
  sweepMs: number;
  /** While somebody refreshed something within this, nothing that is alive has expired. */
  provenMs: number;
}

export function rhythmOf(lifeMs: number): Rhythm {
  const refreshMs = Math.round((lifeMs * 5) / 12);
  return { refreshMs, sweepMs: Math.round(lifeMs / 6), provenMs: lifeMs - refreshMs };
}

/** One open connection of a principal, as all nodes know it. */
export interface Connection {
  expiresAt: number;
  /** When the person last did something. */
  activeAt: number;
}

export function statusOf(connections: readonly Connection[], now: number): PresenceStatus {
  const living = connections.filter(({ expiresAt }) => expiresAt > now);
  if (living.length === 0) return 'offline';
  return living.some(({ activeAt }) => activeAt > now - AWAY_AFTER_MS) ? 'online' : 'away';
}

/** When the status may be another although nobody does anything; null when nobody is connected. */
export function changesAt(connections: readonly Connection[], now: number): number | null {
  const living = connections.filter(({ expiresAt }) => expiresAt > now);
  if (living.length === 0) return null;
  const moments = living.flatMap(({ expiresAt, activeAt }) => [expiresAt, activeAt + AWAY_AFTER_MS]);
  return Math.min(...moments.filter((moment) => moment > now));
}

export function presenceKey({ type, id }: PrincipalRef): string {
  return `${type}:${id}`;
}
