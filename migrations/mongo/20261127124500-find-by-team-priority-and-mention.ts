import type { mongo } from 'mongoose';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

interface Mentioning {
  _id: string;
  ids: string[];
}

const ACTIVITY = { activityAt: -1, _id: -1 } as const;
const BATCH = 1_000;

/** The environment last: a list of one is then narrowed down without reading the others. */
const INDEXES: (mongo.IndexDescription & { name: string })[] = [
  {
    name: 'conversation_team',
    key: { organizationId: 1, kind: 1, teamId: 1, status: 1, ...ACTIVITY, environmentId: 1 },
    partialFilterExpression: { teamId: { $gt: '' } },
  },
  {
    name: 'conversation_priority',
    key: { organizationId: 1, kind: 1, priority: 1, status: 1, ...ACTIVITY, environmentId: 1 },
  },
  {
    name: 'conversation_mentioned',
    key: { organizationId: 1, mentionedIds: 1, status: 1, ...ACTIVITY },
    partialFilterExpression: { mentionedIds: { $exists: true } },
  },
];

export const findByTeamPriorityAndMention: MongoMigration = {
  name: '20261127124500-find-by-team-priority-and-mention',

  async up(db) {
    await noteMentions(db);
    await db.collection('conversations').createIndexes(INDEXES);
  },

  async down(db) {
    for (const { name } of INDEXES) await db.collection('conversations').dropIndex(name);
  },
};

/** Of what was said before they were noted, those who are mentioned by name. */
async function noteMentions(db: mongo.Db): Promise<void> {
  const found = db
    .collection('messages')
    .aggregate<Mentioning>([
      { $match: { 'mentions.type': 'agent', deletedAt: null } },
      { $unwind: '$mentions' },
      { $match: { 'mentions.type': 'agent' } },
      { $group: { _id: '$conversationId', ids: { $addToSet: '$mentions.id' } } },
    ]);
  const conversations = db.collection<{ _id: string; mentionedIds?: string[] }>('conversations');
  let updates: Parameters<typeof conversations.bulkWrite>[0][number][] = [];
  const write = async () => {
    if (updates.length > 0) await conversations.bulkWrite(updates, { ordered: false });
    updates = [];
  };
  for await (const { _id, ids } of found) {
    updates.push({ updateOne: { filter: { _id }, update: { $addToSet: { mentionedIds: { $each: ids } } } } });
    if (updates.length === BATCH) await write();
  }
  await write();
}
