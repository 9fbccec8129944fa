import { describe } from '@jest/globals';
import { describeAccountRepository } from './account.repository.contract.js';
import { InMemoryAccountRepository } from './fakes/in-memory-account.repository.fake.js';

describe(InMemoryAccountRepository.name, () => {
  describeAccountRepository(() => new InMemoryAccountRepository());
});
