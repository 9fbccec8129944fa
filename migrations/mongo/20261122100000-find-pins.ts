import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

/** Few messages are pinned, and only they are in it. */
export const findPins: MongoMigration = {
  name: '20261122100000-find-pins',

  async up(db) {
    await db
      .collection('messages')
      .createIndex(
        { conversationId: 1, seq: -1 },
        { name: 'message_pins', partialFilterExpression: { pinned: true } },
      );
  },

  async down(db) {
    await db.collection('messages').dropIndex('message_pins');
  },
};
