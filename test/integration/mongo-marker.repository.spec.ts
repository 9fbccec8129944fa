import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { describeMarkerRepository } from '../../src/modules/chat/marker.repository.contract.js';
import {
  MARKERS,
  markerSchema,
  type MarkerDocument,
} from '../../src/modules/chat/persistence/marker.schema.js';
import { MongoMarkerRepository } from '../../src/modules/chat/persistence/mongo-marker.repository.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

describe(MongoMarkerRepository.name, () => {
  const mongo = new MongoSuite();

  const repository = () => new MongoMarkerRepository(mongo.model<MarkerDocument>(MARKERS, markerSchema));

  describeMarkerRepository(repository);

  it('reads markers by an index', async () => {
    const markers = repository();
    const scope = { organizationId: newId() };
    const conversationId = newId();
    const others = Array.from({ length: 100 }, () => ({
      ...scope,
      conversationId: newId(),
      type: 'agent' as const,
      principalId: newId(),
      readSeq: 1,
    }));
    const mine = { ...others[0]!, conversationId };
    await markers.moveAll([...others, mine]);
    const reads = [
      () => markers.ofConversations(scope, [conversationId]),
      () => markers.ofPrincipal(scope, { type: 'agent', id: mine.principalId }, [conversationId]),
      () => markers.ofOwners(scope, [{ id: conversationId, userId: newId() }]),
    ];
    for (const read of reads) {
      const [plan] = await plansOf(mongo.connection, read);
      expect(plan?.stages).not.toContain('COLLSCAN');
      expect(plan?.docsExamined).toBeLessThanOrEqual(1);
    }
  });
});
