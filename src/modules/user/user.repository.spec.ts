import { describe } from '@jest/globals';
import { InMemoryUserRepository } from './fakes/in-memory-user.repository.fake.js';
import { describeUserRepository } from './user.repository.contract.js';

describe(InMemoryUserRepository.name, () => {
  describeUserRepository(() => new InMemoryUserRepository());
});
