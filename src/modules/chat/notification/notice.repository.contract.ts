import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../../common/ids.js';
import type { NoticeKey, NoticeRepository, PushClaim } from './notice.repository.js';

/** What every NoticeRepository does, the fake as well as the real one. */
export function describeNoticeRepository(create: () => NoticeRepository): void {
  let notices: NoticeRepository;
  let who: NoticeKey;

  beforeEach(() => {
    notices = create();
    who = { organizationId: newId(), conversationId: newId(), agentId: newId() };
  });

  const claim = (given: Partial<PushClaim> = {}, by = who) =>
    notices.claimPush(by, { upToSeq: 3, jobId: 'job-1', ...given });

  describe('what is pushed', () => {
    it('is pushed by one job, and by another only when there is more', async () => {
      expect(await claim()).toEqual([]);
      expect(await claim({ jobId: 'job-2' })).toBeNull();
      expect(await claim({ jobId: 'job-2', upToSeq: 4 })).toEqual([]);
    });

    it('is granted to one of many who ask at once', async () => {
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((jobId) => claim({ jobId })));
      expect(claims.filter((reached) => reached !== null)).toHaveLength(1);
    });

    it('is granted to whoever has more to tell, also at the same time', async () => {
      const agents = Array.from({ length: 8 }, () => ({ ...who, agentId: newId() }));
      const [, later] = await Promise.all([
        Promise.all(agents.map((agent) => claim({ jobId: 'a', upToSeq: 3 }, agent))),
        Promise.all(agents.map((agent) => claim({ jobId: 'b', upToSeq: 4 }, agent))),
      ]);
      expect(later).toEqual(agents.map(() => []));
    });

    it('is granted again to its job, which then knows whom it has reached, until it is out', async () => {
      await claim();
      await notices.recordPush(who, 'job-1', 'device-1');
      expect(await claim()).toEqual(['device-1']);
      await notices.confirmPush(who, 'job-1');
      expect(await claim()).toBeNull();
      expect(await claim({ jobId: 'job-2', upToSeq: 4 })).toEqual([]);
    });

    it('is pushed to all devices again when its job comes again with more', async () => {
      await claim();
      await notices.recordPush(who, 'job-1', 'device-1');
      expect(await claim({ upToSeq: 4 })).toEqual([]);
    });

    it('is kept apart by agent, and is nothing to another tenant', async () => {
      await claim();
      expect(await claim({ jobId: 'job-2' }, { ...who, agentId: newId() })).toEqual([]);
      const stranger = { ...who, organizationId: newId() };
      await notices.recordPush(stranger, 'job-1', 'device-1');
      expect(await notices.isShown(who, 3)).toBe(false);
    });
  });

  describe('what is shown', () => {
    beforeEach(async () => {
      await claim();
      await notices.recordPush(who, 'job-1', 'device-1');
      await notices.recordPush(who, 'job-1', 'device-2');
      await notices.confirmPush(who, 'job-1');
    });

    it('is taken back once all of it was read, from one device and another', async () => {
      expect(await notices.isShown(who, 2)).toBe(false);
      expect(await notices.listShown(who, 2)).toEqual([]);
      expect(await notices.isShown(who, 3)).toBe(true);
      expect((await notices.listShown(who, 3)).sort()).toEqual(['device-1', 'device-2']);
      await notices.recordWithdrawal(who, 3, ['device-1']);
      expect(await notices.listShown(who, 4)).toEqual(['device-2']);
      await notices.recordWithdrawal(who, 3, ['device-1', 'device-2']);
      expect(await notices.isShown(who, 4)).toBe(false);
    });

    it('is taken back together with what was told apart, and nothing of anybody else', async () => {
      const apart = { ...who, messageId: newId() };
      const colleague = { ...who, agentId: newId() };
      for (const one of [apart, colleague]) {
        expect(await claim({ jobId: 'job-3', upToSeq: 2 }, one)).toEqual([]);
        expect(await claim({ jobId: 'job-4', upToSeq: 2 }, one)).toBeNull();
        await notices.recordPush(one, 'job-3', one === apart ? 'device-3' : 'device-4');
      }
      expect(await notices.listShown(who, 2)).toEqual(['device-3']);
      expect((await notices.listShown(who, 3)).sort()).toEqual(['device-1', 'device-2', 'device-3']);
      await notices.recordWithdrawal(who, 3, ['device-1', 'device-2', 'device-3', 'device-4']);
      expect(await notices.isShown(who, 3)).toBe(false);
      expect(await notices.isShown(colleague, 2)).toBe(true);
    });

    it('stays when it was more that was pushed meanwhile', async () => {
      await claim({ jobId: 'job-2', upToSeq: 4 });
      await notices.recordPush(who, 'job-2', 'device-1');
      await notices.recordWithdrawal(who, 3, ['device-1']);
      expect((await notices.listShown(who, 4)).sort()).toEqual(['device-1', 'device-2']);
    });

    it('stays for another tenant', async () => {
      const stranger = { ...who, organizationId: newId() };
      expect(await notices.isShown(stranger, 3)).toBe(false);
      expect(await notices.listShown(stranger, 3)).toEqual([]);
      await notices.recordWithdrawal(stranger, 3, ['device-1', 'device-2']);
      await notices.eraseAll(stranger, [who.conversationId]);
      expect(await notices.isShown(who, 3)).toBe(true);
      await notices.eraseAll(who, [who.conversationId]);
      expect(await notices.isShown(who, 3)).toBe(false);
    });
  });

  describe('what waits for a digest', () => {
    const awaiting = (scope = who) => notices.listAwaiting(scope, who.agentId, 10);
    const settle = (upToSeq: number) =>
      notices.settle(who, who.agentId, [{ conversationId: who.conversationId, upToSeq }]);
    const wait = (agentIds: string[], upToSeq: number, what = {}) => {
      const { organizationId, conversationId } = who;
      return notices.await({ organizationId, conversationId, ...what }, agentIds, upToSeq);
    };

    it('is listed for its agent, until it is settled', async () => {
      await wait([who.agentId, newId()], 3);
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, toldSeq: 0 }]);
      expect(await awaiting({ ...who, organizationId: newId() })).toEqual([]);
      await settle(3);
      expect(await awaiting()).toEqual([]);
      await wait([who.agentId], 5);
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, toldSeq: 3 }]);
    });

    it('goes on waiting when more came than was settled', async () => {
      await wait([who.agentId], 5);
      await settle(3);
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, toldSeq: 3 }]);
    });

    it('waits for many agents who were told of two messages at the same time', async () => {
      const agentIds = Array.from({ length: 8 }, () => newId());
      await Promise.all([3, 5, 4].map((upToSeq) => wait(agentIds, upToSeq)));
      const listed = agentIds.map((agentId) => notices.listAwaiting(who, agentId, 10));
      expect((await Promise.all(listed)).map((waiting) => waiting.length)).toEqual(agentIds.map(() => 1));
    });

    it('never moves back', async () => {
      await wait([who.agentId], 5);
      await wait([who.agentId], 3);
      await settle(4);
      await settle(2);
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, toldSeq: 4 }]);
    });

    it('waits for itself when it is told apart, of one message', async () => {
      const messageId = newId();
      await wait([who.agentId], 5);
      await settle(5);
      await wait([who.agentId], 3, { messageId });
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, messageId, toldSeq: 0 }]);
      await notices.settle(who, who.agentId, [{ conversationId: who.conversationId, messageId, upToSeq: 3 }]);
      expect(await awaiting()).toEqual([]);
      await wait([who.agentId], 3, { messageId });
      expect(await awaiting()).toEqual([{ conversationId: who.conversationId, messageId, toldSeq: 3 }]);
    });

    it('is nothing when there is nobody and nothing', async () => {
      await wait([], 5);
      await notices.settle(who, who.agentId, []);
      expect(await awaiting()).toEqual([]);
    });
  });
}
