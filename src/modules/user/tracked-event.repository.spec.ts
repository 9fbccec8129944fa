import { describe } from '@jest/globals';
import { InMemoryTrackedEventRepository } from './fakes/in-memory-tracked-event.repository.fake.js';
import { describeTrackedEventRepository } from './tracked-event.repository.contract.js';

describe(InMemoryTrackedEventRepository.name, () => {
  describeTrackedEventRepository(() => new InMemoryTrackedEventRepository());
});
