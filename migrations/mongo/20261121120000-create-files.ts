import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const KEPT_SECONDS = 30 * 86_400;

/** By owner for what they upload in a day, by message and conversation for what goes with them, by state for the upkeep. */
export const createFiles: MongoMigration = {
  name: '20261121120000-create-files',

  async up(db) {
    await db.collection('files').createIndexes([
      { key: { 'owner.id': 1, createdAt: 1 }, name: 'file_owner' },
      { key: { 'attached.to': 1 }, name: 'file_message', sparse: true },
      { key: { 'attached.conversationId': 1 }, name: 'file_conversation', sparse: true },
      { key: { 'attached.claimId': 1 }, name: 'file_claim', sparse: true },
      {
        key: { createdAt: 1 },
        name: 'file_unsent',
        partialFilterExpression: { state: 'uploaded' },
      },
      {
        key: { state: 1, purgedAt: 1 },
        name: 'file_to_purge',
        partialFilterExpression: { state: 'deleted' },
      },
      { key: { purgedAt: 1 }, name: 'file_purged', expireAfterSeconds: KEPT_SECONDS },
    ]);
  },

  async down(db) {
    await db.dropCollection('files').catch(() => undefined);
  },
};
