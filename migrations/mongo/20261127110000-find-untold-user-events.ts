import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

/** A sweep looks every few seconds: only what waits to be told outside is in them. */
export const findUntoldUserEvents: MongoMigration = {
  name: '20261127110000-find-untold-user-events',

  async up(db) {
    await db
      .collection('users')
      .createIndex(
        { 'events.at': 1 },
        { name: 'user_untold', partialFilterExpression: { 'events.at': { $exists: true } } },
      );
    await db
      .collection('erasures')
      .createIndex(
        { 'untold.at': 1 },
        { name: 'erasure_untold', partialFilterExpression: { 'untold.at': { $exists: true } } },
      );
  },

  async down(db) {
    await db.collection('users').dropIndex('user_untold');
    await db.collection('erasures').dropIndex('erasure_untold');
  },
};
