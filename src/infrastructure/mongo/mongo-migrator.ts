import type { Connection, mongo } from 'mongoose';

export interface MongoMigration {
  /** Timestamp and sentence, e.g. `20261120-create-chat-indexes`; never changed once shipped. */
  name: string;
  up(db: mongo.Db): Promise<void>;
  down(db: mongo.Db): Promise<void>;
}

interface Ran {
  _id: string;
  ranAt: Date;
}

export async function migrateMongo(
  connection: Connection,
  migrations: readonly MongoMigration[],
): Promise<string[]> {
  const log = logOf(connection);
  const done = new Set((await log.find().toArray()).map(({ _id }) => _id));
  const ran: string[] = [];
  for (const migration of migrations.filter(({ name }) => !done.has(name))) {
    await migration.up(dbOf(connection));
    await log.insertOne({ _id: migration.name, ranAt: new Date() });
    ran.push(migration.name);
  }
  return ran;
}

export async function revertMongo(
  connection: Connection,
  migrations: readonly MongoMigration[],
): Promise<string[]> {
  const log = logOf(connection);
  const newest = await log.find().sort({ ranAt: -1, _id: -1 }).limit(1).next();
  const migration = migrations.find(({ name }) => name === newest?._id);
  if (!migration) return [];
  await migration.down(dbOf(connection));
  await log.deleteOne({ _id: migration.name });
  return [migration.name];
}

function logOf(connection: Connection): mongo.Collection<Ran> {
  return dbOf(connection).collection<Ran>('migrations');
}

function dbOf(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('MongoDB is not connected');
  return connection.db;
}
