import type { mongo } from 'mongoose';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const held = { partialFilterExpression: { held: true } };

/** What waits to be checked, newest first. Rejected messages stay in it, beside those that wait. */
const INDEXES: (mongo.IndexDescription & { name: string })[] = [
  { name: 'message_held', key: { organizationId: 1, deletedAt: 1, _id: -1 }, ...held },
  { name: 'message_held_environment', key: { environmentId: 1, deletedAt: 1, _id: -1 }, ...held },
];

export const findHeldMessages: MongoMigration = {
  name: '20261127090000-find-held-messages',

  async up(db) {
    await db.collection('messages').createIndexes(INDEXES);
  },

  async down(db) {
    for (const { name } of INDEXES) await db.collection('messages').dropIndex(name);
  },
};
