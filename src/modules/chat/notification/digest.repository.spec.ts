import { describe } from '@jest/globals';
import { InMemoryDigestRepository } from '../fakes/in-memory-digest.repository.fake.js';
import { describeDigestRepository } from './digest.repository.contract.js';

describe(InMemoryDigestRepository.name, () => {
  describeDigestRepository(() => new InMemoryDigestRepository());
});
