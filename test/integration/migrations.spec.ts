import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import pg from 'pg';
import {
  revertMigrations,
  runMigrations,
  type MigrationTargets,
} from '../../src/infrastructure/migrations.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';

describe('migrations', () => {
  let databases: FreshDatabases;
  let targets: MigrationTargets;

  beforeAll(async () => {
    databases = await freshDatabases({ migrated: false });
    targets = { postgresUrl: databases.postgres, mongodbUrl: databases.mongodb };
  });

  afterAll(() => databases.drop());

  it('go up, down to nothing step by step, and up again to the same', async () => {
    expect(await revertMigrations(targets)).toEqual([]);
    const names = await runMigrations(targets);
    const before = await shape();
    expect(await runMigrations(targets)).toEqual([]);

    const reverted: string[] = [];
    for (let step = await revertMigrations(targets); step.length > 0; step = await revertMigrations(targets))
      reverted.push(...step);
    expect(reverted.sort()).toEqual([...names].sort());
    const { tables, indexes } = await shape();
    expect([tables, indexes]).toEqual([[], []]);

    expect(await runMigrations(targets)).toEqual(names);
    expect(await shape()).toEqual(before);
  }, 60_000);

  /** All that migrations made, in words. */
  async function shape(): Promise<{ tables: string[]; indexes: string[] }> {
    return { tables: await columnsAndIndexes(), indexes: await indexesOfMongo() };
  }

  async function columnsAndIndexes(): Promise<string[]> {
    const client = new pg.Client({ connectionString: databases.postgres });
    await client.connect();
    try {
      const { rows } = await client.query<{ line: string }>(`
        SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 'migrations'::regclass
        ORDER BY 1`);
      return rows.map(({ line }) => line);
    } finally {
      await client.end();
    }
  }

  async function indexesOfMongo(): Promise<string[]> {
    const connection = await mongoose.createConnection(databases.mongodb, { autoIndex: false }).asPromise();
    try {
      const collections = await connection.db!.listCollections().toArray();
      const found = await Promise.all(
        collections.map(async ({ name }) =>
          (await connection.db!.collection(name).indexes())
            .filter((index) => index.name !== '_id_')
            .map((index) => `${name} ${JSON.stringify(index)}`),
        ),
      );
      return found.flat().sort();
    } finally {
      await connection.close();
    }
  }
});
