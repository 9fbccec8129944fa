import type { Scope } from '../../../common/access/principal.js';
import {
  NoticeRepository,
  type AwaitingNotice,
  type NoticeKey,
  type PushClaim,
  type SettledNotice,
} from '../notification/notice.repository.js';

interface Stored extends NoticeKey {
  pushedSeq: number;
  pushJobId: string | null;
  reachedIds: Set<string>;
  shownIds: Set<string>;
  awaitingSeq: number | null;
  toldSeq: number;
}

export class InMemoryNoticeRepository extends NoticeRepository {
  private readonly stored = new Map<string, Stored>();

  async claimPush(who: NoticeKey, { upToSeq, jobId }: PushClaim): Promise<string[] | null> {
    const notice = this.noticeOf(who);
    if (notice.pushJobId !== jobId && notice.pushedSeq >= upToSeq) return null;
    const isAgain = notice.pushJobId === jobId && notice.pushedSeq === upToSeq;
    if (!isAgain) notice.reachedIds.clear();
    Object.assign(notice, { pushedSeq: upToSeq, pushJobId: jobId });
    return [...notice.reachedIds];
  }

  async recordPush(who: NoticeKey, jobId: string, deviceId: string): Promise<void> {
    const notice = this.noticeOf(who);
    if (notice.pushJobId !== jobId) return;
    notice.reachedIds.add(deviceId);
    notice.shownIds.add(deviceId);
  }

  async confirmPush(who: NoticeKey, jobId: string): Promise<void> {
    const notice = this.noticeOf(who);
    if (notice.pushJobId === jobId) notice.pushJobId = null;
  }

  async isShown(who: NoticeKey, readSeq: number): Promise<boolean> {
    return this.shownTo(who, readSeq).length > 0;
  }

  async listShown(who: NoticeKey, readSeq: number): Promise<string[]> {
    return [...new Set(this.shownTo(who, readSeq).flatMap(({ shownIds }) => [...shownIds]))];
  }

  async recordWithdrawal(who: NoticeKey, readSeq: number, deviceIds: readonly string[]): Promise<void> {
    for (const { shownIds } of this.shownTo(who, readSeq)) for (const id of deviceIds) shownIds.delete(id);
  }

  async await(what: Omit<NoticeKey, 'agentId'>, agentIds: readonly string[], upToSeq: number): Promise<void> {
    for (const agentId of agentIds) {
      const notice = this.noticeOf({ ...what, agentId });
      notice.awaitingSeq = Math.max(notice.awaitingSeq ?? 0, upToSeq);
    }
  }

  async listAwaiting({ organizationId }: Scope, agentId: string, limit: number): Promise<AwaitingNotice[]> {
    return [...this.stored.values()]
      .filter((notice) => notice.organizationId === organizationId && notice.agentId === agentId)
      .filter(({ awaitingSeq }) => awaitingSeq !== null)
      .slice(0, limit)
      .map(({ conversationId, messageId, toldSeq }) => ({
        conversationId,
        toldSeq,
        ...(messageId !== undefined && { messageId }),
      }));
  }

  async settle({ organizationId }: Scope, agentId: string, settled: readonly SettledNotice[]): Promise<void> {
    for (const { upToSeq, ...what } of settled) {
      const notice = this.noticeOf({ organizationId, agentId, ...what });
      notice.toldSeq = Math.max(notice.toldSeq, upToSeq);
      if ((notice.awaitingSeq ?? 0) <= upToSeq) notice.awaitingSeq = null;
    }
  }

  async eraseAll({ organizationId }: Scope, conversationIds: readonly string[]): Promise<void> {
    for (const [key, notice] of this.stored) {
      const isOwn = notice.organizationId === organizationId;
      if (isOwn && conversationIds.includes(notice.conversationId)) this.stored.delete(key);
    }
  }

  private shownTo({ organizationId, conversationId, agentId }: NoticeKey, readSeq: number): Stored[] {
    return [...this.stored.values()].filter(
      (notice) =>
        notice.organizationId === organizationId &&
        notice.conversationId === conversationId &&
        notice.agentId === agentId &&
        notice.shownIds.size > 0 &&
        notice.pushedSeq <= readSeq,
    );
  }

  private noticeOf(who: NoticeKey): Stored {
    const key = `${who.organizationId}:${who.conversationId}:${who.agentId}:${who.messageId}`;
    const notice = this.stored.get(key) ?? {
      ...who,
      pushedSeq: 0,
      pushJobId: null,
      reachedIds: new Set<string>(),
      shownIds: new Set<string>(),
      awaitingSeq: null,
      toldSeq: 0,
    };
    this.stored.set(key, notice);
    return notice;
  }
}
