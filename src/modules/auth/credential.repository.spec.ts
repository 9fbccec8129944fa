import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { describeCredentialRepository } from './credential.repository.contract.js';
import { InMemoryCredentialRepository } from './fakes/in-memory-credential.repository.fake.js';

describe(InMemoryCredentialRepository.name, () => {
  const anAccountId = () => Promise.resolve(newId());
  describeCredentialRepository(() => new InMemoryCredentialRepository(), anAccountId);
});
