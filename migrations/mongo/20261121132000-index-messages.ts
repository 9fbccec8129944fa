import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

/** So many a second are asked of the relay, which has other things to do as well. */
const PER_SECOND = 500;

/** What was said before it could be searched: marked, and spread over time; the relay does the rest. */
export const indexMessages: MongoMigration = {
  name: '20261121132000-index-messages',

  async up(db) {
    const messages = db.collection('messages');
    const unmarked = { deletedAt: null, 'outbox.task': { $ne: 'index' } };
    const spreadMs = ((await messages.estimatedDocumentCount()) / PER_SECOND) * 1_000;
    const due = { $add: ['$$NOW', { $multiply: [{ $rand: {} }, spreadMs] }] };
    const mark = { task: 'index', rev: '$rev', tries: 0, due };
    await messages.updateMany(unmarked, [
      { $set: { outbox: { $concatArrays: [{ $ifNull: ['$outbox', []] }, [mark]] } } },
    ]);
  },

  async down(db) {
    const pull = { $pull: { outbox: { task: 'index' } } };
    await db.collection('messages').updateMany({ 'outbox.task': 'index' }, pull as never);
  },
};
