import { describe } from '@jest/globals';
import { InMemoryMarkerRepository } from './fakes/in-memory-marker.repository.fake.js';
import { describeMarkerRepository } from './marker.repository.contract.js';

describe(InMemoryMarkerRepository.name, () => {
  describeMarkerRepository(() => new InMemoryMarkerRepository());
});
