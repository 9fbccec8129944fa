import type { Scope } from '../../../common/access/principal.js';

/** When one agent is to be mailed next. */
export interface Digest {
  organizationId: string;
  agentId: string;
  dueAt: Date;
}

export interface ClaimedDigest {
  /** How often the agent was mailed before: names the mail. */
  round: number;
  sentAt: Date | null;
  /** What `finish` compares: somebody may ask for another while this one is made. */
  requests: number;
}

export type DigestClaim = ClaimedDigest | 'not-due' | 'busy';

export abstract class DigestRepository {
  /** The earliest that was asked for counts. One round trip for all. */
  abstract request(digests: readonly Digest[]): Promise<void>;
  /** One caller at a time, until it ends or its lease does. */
  abstract claim(
    scope: Scope,
    agentId: string,
    claim: string,
    lease: { now: Date; ms: number },
  ): Promise<DigestClaim>;
  /** Gives the claim back: not yet. */
  abstract postpone(scope: Scope, agentId: string, claim: string, until: Date): Promise<void>;
  /** `sentAt` null: there was nothing to send. What was asked for meanwhile is due at `nextAt`: answers whether it was. */
  abstract finish(
    scope: Scope,
    agentId: string,
    claim: string,
    done: { requests: number; sentAt: Date | null; nextAt: Date },
  ): Promise<boolean>;
  /** Due before that moment, of every tenant. */
  abstract listOverdue(before: Date, limit: number): Promise<Digest[]>;
  abstract remove(scope: Scope, agentId: string): Promise<void>;
}
