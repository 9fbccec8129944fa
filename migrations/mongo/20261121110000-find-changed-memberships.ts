import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

const INDEX = 'conversation_members_changed';

/** Each node asks every moment whose members changed: only conversations in which somebody came or went are in it. */
export const findChangedMemberships: MongoMigration = {
  name: '20261121110000-find-changed-memberships',

  async up(db) {
    await db
      .collection('conversations')
      .createIndex(
        { membersChangedAt: 1 },
        { name: INDEX, partialFilterExpression: { membersChangedAt: { $exists: true } } },
      );
  },

  async down(db) {
    await db.collection('conversations').dropIndex(INDEX);
  },
};
