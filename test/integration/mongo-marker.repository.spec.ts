import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../src/common/ids.js';
import { describeMarkerRepository } from '../../src/modules/chat/marker.repository.contract.js';
import {
  MARKERS,
  markerSchema,
  type MarkerDocument,
} from '../../src/modules/chat/persistence/marker.schema.js';
import { MongoMarkerRepository } from '../../src/modules/chat/persistence/mongo-marker.repository.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';
import { plansOf } from '../support/mongo-plans.js';

describe(MongoMarkerRepository.name, () => {
  let databases: FreshDatabases;
  let connection: mongoose.Connection;

  beforeAll(async () => {
    databases = await freshDatabases();
    const options = { autoIndex: false, monitorCommands: true };
    connection = await mongoose.createConnection(databases.mongodb, options).asPromise();
    connection.model<MarkerDocument>(MARKERS, markerSchema);
  });

  afterAll(async () => {
    await connection.close();
    await databases.drop();
  });

  const repository = () => new MongoMarkerRepository(connection.model<MarkerDocument>(MARKERS));

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
      const [plan] = await plansOf(connection, read);
      expect(plan?.stages).not.toContain('COLLSCAN');
      expect(plan?.docsExamined).toBeLessThanOrEqual(1);
    }
  });
});
