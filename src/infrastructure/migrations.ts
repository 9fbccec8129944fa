import mongoose from 'mongoose';
import { DataSource } from 'typeorm';
import { mongoMigrations } from '../../migrations/mongo/all.js';
import { postgresMigrations } from '../../migrations/postgres/all.js';
import { migrateMongo, revertMongo } from './mongo/mongo-migrator.js';

export interface MigrationTargets {
  postgresUrl: string;
  mongodbUrl: string;
}

/** Any number: the lock that keeps two nodes from migrating at once. */
const LOCK = 7_241_902;

/** Brings both stores up to date. Idempotent; a second node waits for the first. Answers the names of what ran. */
export function runMigrations(targets: MigrationTargets): Promise<string[]> {
  return withStores(targets, async (postgres, mongo) => {
    const ran = await postgres.runMigrations({ transaction: 'each' });
    return [...ran.map(({ name }) => name), ...(await migrateMongo(mongo, mongoMigrations))];
  });
}

/** Takes back the newest migration of each store. Answers their names; none where nothing was ever migrated. */
export function revertMigrations(targets: MigrationTargets): Promise<string[]> {
  return withStores(targets, async (postgres, mongo) => {
    const newest = await newestIn(postgres);
    if (newest.length > 0) await postgres.undoLastMigration({ transaction: 'each' });
    return [...newest, ...(await revertMongo(mongo, mongoMigrations))];
  });
}

async function newestIn(postgres: DataSource): Promise<string[]> {
  const [known] = await postgres.query<{ log: string | null }[]>(`SELECT to_regclass('migrations') AS log`);
  if (!known?.log) return [];
  const rows = await postgres.query<{ name: string }[]>(
    'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
  );
  return rows.map(({ name }) => name);
}

type Work = (postgres: DataSource, mongo: mongoose.Connection) => Promise<string[]>;

async function withStores({ postgresUrl, mongodbUrl }: MigrationTargets, work: Work): Promise<string[]> {
  const postgres = new DataSource({ type: 'postgres', url: postgresUrl, migrations: postgresMigrations });
  const mongo = mongoose.createConnection(mongodbUrl, { serverSelectionTimeoutMS: 10_000, autoIndex: false });
  try {
    await Promise.all([postgres.initialize(), mongo.asPromise()]);
    return await locked(postgres, () => work(postgres, mongo));
  } finally {
    await Promise.allSettled([postgres.isInitialized && postgres.destroy(), mongo.close()]);
  }
}

/** Session-level, on a connection of its own: released by PostgreSQL even when this process dies. */
async function locked<T>(postgres: DataSource, work: () => Promise<T>): Promise<T> {
  const holder = postgres.createQueryRunner();
  await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    return await work();
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await holder.release();
  }
}
