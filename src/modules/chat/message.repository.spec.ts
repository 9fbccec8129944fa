import { describe } from '@jest/globals';
import { InMemoryMessageRepository } from './fakes/in-memory-message.repository.fake.js';
import { describeMessageRepository } from './message.repository.contract.js';

describe(InMemoryMessageRepository.name, () => {
  describeMessageRepository(() => {
    const repository = new InMemoryMessageRepository();
    return [repository, repository.twin()];
  });
});
