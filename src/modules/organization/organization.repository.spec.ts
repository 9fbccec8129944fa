import { describe } from '@jest/globals';
import { oneAtATime } from '../../infrastructure/postgres/one-at-a-time.fake.js';
import { InMemoryOrganizationRepository } from './fakes/in-memory-organization.repository.fake.js';
import { describeOrganizationRepository } from './organization.repository.contract.js';

describe(InMemoryOrganizationRepository.name, () => {
  describeOrganizationRepository(() => new InMemoryOrganizationRepository(), oneAtATime());
});
