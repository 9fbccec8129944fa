import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

/**
 * A change's number belongs to it for ever, also after a later change of the same message; and each task of the
 * outbox has a time of its own.
 */
export const numberChanges: MongoMigration = {
  name: '20261121100000-number-changes',

  async up(db) {
    const messages = db.collection('messages');
    await messages.createIndex(
      { conversationId: 1, revs: 1 },
      { name: 'message_revs', unique: true, partialFilterExpression: { rev: { $gt: 0 } } },
    );
    const mark = { task: '$$this', rev: 0, tries: 0, due: '$outbox.due' };
    await messages.updateMany({ 'outbox.tasks': { $exists: true } }, [
      { $set: { outbox: { $map: { input: '$outbox.tasks', in: mark } } } },
    ]);
  },

  async down(db) {
    const messages = db.collection('messages');
    await messages.dropIndex('message_revs');
    await messages.updateMany({ outbox: { $size: 0 } }, { $unset: { outbox: 1 } });
    const known = { $filter: { input: '$outbox', cond: { $ne: ['$$this.task', 'change'] } } };
    const tasks = { $map: { input: known, in: '$$this.task' } };
    await messages.updateMany({ 'outbox.task': { $exists: true } }, [
      { $set: { outbox: { tasks, due: { $min: '$outbox.due' } } } },
    ]);
  },
};
