import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { freshDatabases, type FreshDatabases } from './engines.js';

/** A migrated MongoDB of a suite's own, from before its first test to after its last. Its commands can be watched. */
export class MongoSuite {
  connection!: mongoose.Connection;

  constructor() {
    let databases: FreshDatabases;
    beforeAll(async () => {
      databases = await freshDatabases();
      const options = { autoIndex: false, monitorCommands: true };
      this.connection = await mongoose.createConnection(databases.mongodb, options).asPromise();
    });
    afterAll(async () => {
      await this.connection.close();
      await databases.drop();
    });
  }

  model<Document>(name: string, schema: mongoose.Schema<Document>): mongoose.Model<Document> {
    return this.connection.model<Document>(name, schema);
  }
}
