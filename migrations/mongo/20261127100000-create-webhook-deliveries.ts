import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const KEPT_SECONDS = 30 * 86_400;

/** By webhook for what is due there and for lists, by user for their erasure; what is old goes by itself. */
export const createWebhookDeliveries: MongoMigration = {
  name: '20261127100000-create-webhook-deliveries',

  async up(db) {
    await db.collection('webhook_deliveries').createIndexes([
      {
        key: { webhookId: 1, due: 1, order: 1 },
        name: 'delivery_due',
        partialFilterExpression: { state: 'pending' },
      },
      { key: { webhookId: 1, state: 1, type: 1, createdAt: -1, _id: -1 }, name: 'delivery_list' },
      {
        key: { userId: 1 },
        name: 'delivery_user',
        partialFilterExpression: { userId: { $gt: '' } },
      },
      { key: { createdAt: 1 }, name: 'delivery_expiry', expireAfterSeconds: KEPT_SECONDS },
    ]);
  },

  async down(db) {
    await db.dropCollection('webhook_deliveries').catch(() => undefined);
  },
};
