import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

/** Threads are listed and counted from the index alone; what is no reply is not in it. */
export const findReplies: MongoMigration = {
  name: '20261121131000-find-replies',

  async up(db) {
    await db
      .collection('messages')
      .createIndex(
        { conversationId: 1, threadRootId: 1, seq: 1 },
        { name: 'message_thread', partialFilterExpression: { threadRootId: { $gt: '' } } },
      );
  },

  async down(db) {
    await db.collection('messages').dropIndex('message_thread');
  },
};
