import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { describeDigestRepository } from '../../src/modules/chat/notification/digest.repository.contract.js';
import { describeNoticeRepository } from '../../src/modules/chat/notification/notice.repository.contract.js';
import { MongoDigestRepository } from '../../src/modules/chat/persistence/mongo-digest.repository.js';
import { MongoNoticeRepository } from '../../src/modules/chat/persistence/mongo-notice.repository.js';
import {
  DIGESTS,
  digestSchema,
  NOTICES,
  noticeSchema,
  type DigestDocument,
  type NoticeDocument,
} from '../../src/modules/chat/persistence/notice.schema.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

describe('what is kept of notifications in MongoDB', () => {
  const mongo = new MongoSuite();

  const notices = () => new MongoNoticeRepository(mongo.model<NoticeDocument>(NOTICES, noticeSchema));
  const digests = () => new MongoDigestRepository(mongo.model<DigestDocument>(DIGESTS, digestSchema));

  describe(MongoNoticeRepository.name, () => describeNoticeRepository(notices));
  describe(MongoDigestRepository.name, () => describeDigestRepository(digests));

  it('is read by indexes that hold only what waits', async () => {
    const scope = { organizationId: newId() };
    const [agentId, settledId] = [newId(), newId()];
    for (let count = 0; count < 50; count++) {
      const conversationId = newId();
      await notices().await({ ...scope, conversationId }, [settledId], 1);
      await notices().settle(scope, settledId, [{ conversationId, upToSeq: 1 }]);
      await digests().request([{ ...scope, agentId: newId(), dueAt: new Date('2099-01-01') }]);
    }
    await notices().await({ ...scope, conversationId: newId() }, [agentId], 1);
    await digests().request([{ ...scope, agentId, dueAt: new Date('2001-01-01') }]);
    const reads = [
      () => notices().listAwaiting(scope, agentId, 10),
      () => notices().listAwaiting(scope, settledId, 10),
      () => digests().listOverdue(new Date('2001-01-02'), 10),
    ];
    for (const read of reads) {
      const [plan] = await plansOf(mongo.connection, read);
      expect(plan?.stages).not.toContain('COLLSCAN');
      expect(plan?.docsExamined).toBeLessThanOrEqual(1);
    }
  });
});
