import type { RefreshToken, Session } from './session.js';

export type SessionsOf = { id: string } | { agentId: string } | { accountId: string };

/** Over tenants: a session is found by a token that only its owner has. */
export abstract class SessionRepository {
  abstract insert(session: Session): Promise<void>;
  abstract find(id: string): Promise<Session | null>;
  abstract extend(id: string, expiresAt: Date): Promise<void>;
  /** Those of them that are neither ended nor expired. */
  abstract findLiveIds(ids: readonly string[], now: Date): Promise<string[]>;
  /** The sessions that this call ended. */
  abstract end(by: SessionsOf, at: Date): Promise<Session[]>;
  abstract insertToken(token: RefreshToken): Promise<void>;
  abstract findToken(tokenHash: Buffer): Promise<RefreshToken | null>;
  /** True for the one caller who used it first. */
  abstract useToken(id: string, at: Date): Promise<boolean>;
  /** Expired sessions with their tokens. */
  abstract removeExpired(before: Date): Promise<void>;
}
