import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

export const createUsers: MongoMigration = {
  name: '20261120213500-create-users',

  async up(db) {
    const users = db.collection('users');
    await users.createIndexes([
      {
        name: 'users_member',
        key: { environmentId: 1, memberId: 1, identity: 1 },
        unique: true,
        partialFilterExpression: { memberId: { $exists: true } },
      },
      { name: 'users_organization_newest', key: { organizationId: 1, _id: -1 } },
      { name: 'users_environment_newest', key: { organizationId: 1, environmentId: 1, _id: -1 } },
      { name: 'users_search', key: { organizationId: 1, search: 1, _id: -1 } },
    ]);
    await db
      .collection('erasures')
      .createIndex(
        { organizationId: 1, environmentId: 1, userId: 1 },
        { name: 'erasures_user', unique: true },
      );
  },

  async down(db) {
    await db.dropCollection('users');
    await db.dropCollection('erasures');
  },
};
