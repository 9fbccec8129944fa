import type { PresenceStatus, PrincipalRef } from '../../contracts/common.js';

/** A connection that is not refreshed for this long is taken for dead: its node was. */
export const CONNECTION_LIFE_MS = 60_000;
export const REFRESH_INTERVAL_MS = 25_000;
/** Somebody who reloads a page or crosses a tunnel has not gone. */
export const OFFLINE_GRACE_MS = 15_000;
export const AWAY_AFTER_MS = 5 * 60_000;

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

export function presenceKey({ type, id }: PrincipalRef): string {
  return `${type}:${id}`;
}
