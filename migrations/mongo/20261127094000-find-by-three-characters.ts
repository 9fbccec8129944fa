import type { mongo } from 'mongoose';
import { gramsOf } from '../../src/common/text/grams.js';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

interface Found {
  _id: string;
  search: string[];
}

interface FoundUser extends Found {
  searchText: string;
}

interface FoundConversation extends Found {
  subject: string | null;
  name: string | null;
  user: { name: string } | null;
}

const BATCH = 1_000;
const MOST = 2_000;

/** Adds what is looked for from now on; what the version before looks for stays. */
export const findByThreeCharacters: MongoMigration = {
  name: '20261127094000-find-by-three-characters',

  async up(db) {
    const users = db.collection<FoundUser>('users');
    await extend(users, { searchText: 1 }, ({ searchText }) => searchText);
    const conversations = db.collection<FoundConversation>('conversations');
    const fields = { subject: 1, name: 1, 'user.name': 1 } as const;
    await extend(conversations, fields, ({ subject, name, user }) =>
      [subject, name, user?.name].filter(Boolean).join(' '),
    );
  },

  async down() {
    // The version before finds by what is there all the same.
  },
};

async function extend<Document extends Found>(
  collection: mongo.Collection<Document>,
  fields: Record<string, 1>,
  textOf: (document: Document) => string,
): Promise<void> {
  let updates: mongo.AnyBulkWriteOperation<Document>[] = [];
  const write = async () => {
    if (updates.length > 0) await collection.bulkWrite(updates, { ordered: false });
    updates = [];
  };
  for await (const document of collection.find({}, { projection: fields })) {
    const grams = gramsOf(textOf(document as Document), MOST);
    const filter = { _id: document._id } as mongo.Filter<Document>;
    const update = { $addToSet: { search: { $each: grams } } } as unknown as mongo.UpdateFilter<Document>;
    updates.push({ updateOne: { filter, update } });
    if (updates.length === BATCH) await write();
  }
  await write();
}
