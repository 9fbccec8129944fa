import type { Scope } from '../../../common/access/principal.js';

/** What one agent was told of one conversation. */
export interface NoticeKey {
  organizationId: string;
  conversationId: string;
  agentId: string;
  /** Of what an edit of this message told them apart: that it mentions them. */
  messageId?: string;
}

export interface PushClaim {
  /** The newest message that the push tells of: it is told of once. */
  upToSeq: number;
  jobId: string;
}

export interface AwaitingNotice {
  conversationId: string;
  messageId?: string;
  /** Up to here the agent has been told by mail. */
  toldSeq: number;
}

export type SettledNotice = Pick<NoticeKey, 'conversationId' | 'messageId'> & { upToSeq: number };

/** What agents were told while they were away. Apart from read markers: those are for everybody to see, this is not. */
export abstract class NoticeRepository {
  /**
   * One job gets to push it: null for all others. A retry of the same job gets it again until it is confirmed, and
   * the devices that have it already.
   */
  abstract claimPush(who: NoticeKey, claim: PushClaim): Promise<string[] | null>;
  /** A device shows it. */
  abstract recordPush(who: NoticeKey, jobId: string, deviceId: string): Promise<void>;
  abstract confirmPush(who: NoticeKey, jobId: string): Promise<void>;
  /** Does some device show what was read up to that number, told apart or not? `who` is without a message. */
  abstract isShown(who: NoticeKey, readSeq: number): Promise<boolean>;
  /** The devices that show it. */
  abstract listShown(who: NoticeKey, readSeq: number): Promise<string[]>;
  /** These do not any more; unless they have been told of more meanwhile. */
  abstract recordWithdrawal(who: NoticeKey, readSeq: number, deviceIds: readonly string[]): Promise<void>;
  /** The next digest is to tell of it. One round trip for all. */
  abstract await(
    what: Omit<NoticeKey, 'agentId'>,
    agentIds: readonly string[],
    upToSeq: number,
  ): Promise<void>;
  abstract listAwaiting(scope: Scope, agentId: string, limit: number): Promise<AwaitingNotice[]>;
  /** A digest has told of it, or need not: what came after that number goes on waiting. */
  abstract settle(scope: Scope, agentId: string, settled: readonly SettledNotice[]): Promise<void>;
  abstract eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<void>;
}
