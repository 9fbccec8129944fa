import type { mongo } from 'mongoose';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

type Index = mongo.IndexDescription & { name: string };

const INDEXES: Record<string, Index[]> = {
  notices: [
    { name: 'notice_conversation', key: { conversationId: 1 } },
    // What an agent's next digest tells of: only what still waits is in it.
    {
      name: 'notice_awaiting',
      key: { agentId: 1, awaitingSeq: 1 },
      partialFilterExpression: { awaitingSeq: { $exists: true } },
    },
  ],
  digests: [{ name: 'digest_due', key: { dueAt: 1 }, partialFilterExpression: { dueAt: { $exists: true } } }],
};

export const createNotices: MongoMigration = {
  name: '20261127101500-create-notices',

  async up(db) {
    for (const [collection, indexes] of Object.entries(INDEXES))
      await db.collection(collection).createIndexes(indexes);
  },

  async down(db) {
    for (const collection of Object.keys(INDEXES)) await db.collection(collection).drop();
  },
};
