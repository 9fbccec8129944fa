import { afterAll, beforeAll, describe } from '@jest/globals';
import mongoose from 'mongoose';
import { describeFileRepository } from '../../src/modules/file/file.repository.contract.js';
import { FILES, fileSchema, type FileDocument } from '../../src/modules/file/persistence/file.schema.js';
import { MongoFileRepository } from '../../src/modules/file/persistence/mongo-file.repository.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';

describe(MongoFileRepository.name, () => {
  let databases: FreshDatabases;
  let connection: mongoose.Connection;

  beforeAll(async () => {
    databases = await freshDatabases();
    connection = await mongoose.createConnection(databases.mongodb, { autoIndex: false }).asPromise();
    connection.model<FileDocument>(FILES, fileSchema);
  });

  afterAll(async () => {
    await connection.close();
    await databases.drop();
  });

  describeFileRepository(() => new MongoFileRepository(connection.model<FileDocument>(FILES)));
});
