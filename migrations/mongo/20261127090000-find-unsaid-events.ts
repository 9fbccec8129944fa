import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const INDEX = 'conversation_unsaid_events';

/** The relay looks every few seconds: only conversations whose events wait to be said are in it. */
export const findUnsaidEvents: MongoMigration = {
  name: '20261127090000-find-unsaid-events',

  async up(db) {
    await db
      .collection('conversations')
      .createIndex(
        { 'events.at': 1 },
        { name: INDEX, partialFilterExpression: { 'events.at': { $exists: true } } },
      );
  },

  async down(db) {
    await db.collection('conversations').dropIndex(INDEX);
  },
};
