import type { mongo } from 'mongoose';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const KEPT_SECONDS = 100 * 86_400;

/** Each with all that its figure needs, so that no conversation is read for it. */
const INDEXES: (mongo.IndexDescription & { name: string })[] = [
  { name: 'conversation_created', key: { organizationId: 1, kind: 1, createdAt: -1, environmentId: 1 } },
  {
    name: 'conversation_answered',
    key: { organizationId: 1, kind: 1, answeredAt: -1, createdAt: 1, environmentId: 1 },
    partialFilterExpression: { answeredAt: { $gt: new Date(0) } },
  },
  {
    name: 'conversation_resolved',
    key: { organizationId: 1, kind: 1, resolvedAt: -1, createdAt: 1, environmentId: 1 },
    partialFilterExpression: { resolvedAt: { $gt: new Date(0) } },
  },
  {
    name: 'conversation_rated',
    key: { organizationId: 1, kind: 1, 'rating.ratedAt': -1, 'rating.score': 1, environmentId: 1 },
    partialFilterExpression: { 'rating.ratedAt': { $gt: new Date(0) } },
  },
  {
    name: 'conversation_waiting',
    key: {
      organizationId: 1,
      kind: 1,
      status: 1,
      'lastPublicMessage.sender.type': 1,
      'lastPublicMessage.createdAt': 1,
      environmentId: 1,
    },
  },
];

export const drawTheOverview: MongoMigration = {
  name: '20261127130000-draw-the-overview',

  async up(db) {
    await db.collection('conversations').createIndexes(INDEXES);
    await db.collection('activity_hours').createIndexes([
      { name: 'activity_hour', key: { organizationId: 1, at: 1, environmentId: 1 } },
      { name: 'activity_expiry', key: { at: 1 }, expireAfterSeconds: KEPT_SECONDS },
    ]);
  },

  async down(db) {
    for (const { name } of INDEXES) await db.collection('conversations').dropIndex(name);
    await db.dropCollection('activity_hours').catch(() => undefined);
  },
};
