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

export interface MailClaim {
  /** The newest message that the mail tells of: it is told of once. */
  upToSeq: number;
  jobId: string;
  now: Date;
  cooldownMs: number;
}

export type MailPermit = { kind: 'granted' } | { kind: 'told-already' } | { kind: 'too-soon'; until: Date };

/** Read markers and what is remembered of telling people who were away. Markers only move forward. */
export abstract class MarkerRepository {
  /** Answers the marker after the move, which may be further than asked for. */
  abstract move(move: MarkerMove): Promise<number>;
  /** Many at once, of any tenant: those who sent have read what they answered to. */
  abstract moveAll(moves: readonly MarkerMove[]): Promise<void>;
  /** Null: not any more. */
  abstract mute(who: MarkerKey, until: Date | null): Promise<void>;
  abstract ofConversations(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Marker[]>;
  abstract ofPrincipal(
    scope: Scope,
    principal: { type: 'agent' | 'user'; id: string },
    conversationIds: readonly string[],
  ): Promise<Map<string, number>>;
  /** The users' own markers in the conversations that belong to them, by conversation. */
  abstract ofOwners(
    scope: Scope,
    owned: readonly { id: string; userId: string }[],
  ): Promise<Map<string, number>>;
  /** One caller at a time gets to send the next mail; a retry of the same job gets it again, until it is confirmed. */
  abstract claimMail(who: MarkerKey, mail: MailClaim): Promise<MailPermit>;
  /** The mail is out: a retry for the sake of others is not for this one. */
  abstract confirmMail(who: MarkerKey, jobId: string): Promise<void>;
  abstract eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<void>;
}
