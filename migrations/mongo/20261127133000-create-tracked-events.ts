import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

export const createTrackedEvents: MongoMigration = {
  name: '20261127133000-create-tracked-events',

  async up(db) {
    await db.collection('tracked_events').createIndexes([
      { name: 'tracked_event_user', key: { organizationId: 1, userId: 1, _id: -1 } },
      { name: 'tracked_event_old', key: { at: 1 } },
    ]);
  },

  async down(db) {
    await db.dropCollection('tracked_events');
  },
};
