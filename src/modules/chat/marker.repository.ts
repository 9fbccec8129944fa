import type { EveryTenant, Scope } from '../../common/access/principal.js';
import type { Marker } from './conversation.js';

/** Carries its tenant: the same key in another organization is another marker. */
export interface MarkerKey {
  organizationId: string;
  conversationId: string;
  type: 'agent' | 'user';
  principalId: string;
}

export interface MarkerMove extends MarkerKey {
  readSeq: number;
}

/** Read markers and what is remembered of telling people who were away. Markers only move forward. */
export abstract class MarkerRepository {
  /** Answers the marker after the move, which may be further than asked for. */
  abstract move(move: MarkerMove): Promise<number>;
  /** Many at once, of any tenant: those who sent have read what they answered to. */
  abstract moveAll(moves: readonly MarkerMove[]): Promise<void>;
  abstract ofConversations(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Marker[]>;
  abstract ofPrincipal(
    scope: Scope,
    principal: { type: 'agent' | 'user'; id: string },
    conversationIds: readonly string[],
  ): Promise<Map<string, number>>;
  /** The users' own markers in the conversations that belong to them, by conversation. */
  abstract ofOwners(scope: Scope, owned: readonly { id: string; userId: string }[]): Promise<Map<string, number>>;
  /**
   * True for one caller only, and only when the last mail is older than `before`:
   * claims the right to send the next one.
   */
  abstract claimMail(
    who: MarkerKey,
    upToSeq: number,
    before: Date,
    now: Date,
  ): Promise<boolean>;
  abstract eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<void>;
}
