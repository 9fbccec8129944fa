import { describe } from '@jest/globals';
import { InMemoryFileRepository } from './fakes/in-memory-file.repository.fake.js';
import { describeFileRepository } from './file.repository.contract.js';

describe(InMemoryFileRepository.name, () => {
  describeFileRepository(() => new InMemoryFileRepository());
});
