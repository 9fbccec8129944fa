import { describe } from '@jest/globals';
import { describeFileRepository } from '../../src/modules/file/file.repository.contract.js';
import { FILES, fileSchema, type FileDocument } from '../../src/modules/file/persistence/file.schema.js';
import { MongoFileRepository } from '../../src/modules/file/persistence/mongo-file.repository.js';
import { MongoSuite } from '../support/mongo-suite.js';

describe(MongoFileRepository.name, () => {
  const mongo = new MongoSuite();

  describeFileRepository(() => new MongoFileRepository(mongo.model<FileDocument>(FILES, fileSchema)));
});
