import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { oneAtATime } from '../../infrastructure/postgres/one-at-a-time.fake.js';
import { describeEnvironmentRepository } from './environment.repository.contract.js';
import { InMemoryEnvironmentRepository } from './fakes/in-memory-environment.repository.fake.js';

describe(InMemoryEnvironmentRepository.name, () => {
  const environments = new InMemoryEnvironmentRepository();
  const inTransaction = oneAtATime();
  const anOrganizationId = () => Promise.resolve(newId());
  describeEnvironmentRepository(() => ({ environments, anOrganizationId, inTransaction }));
});
