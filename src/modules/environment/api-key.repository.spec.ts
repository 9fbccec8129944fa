import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { describeApiKeyRepository } from './api-key.repository.contract.js';
import { InMemoryApiKeyRepository } from './fakes/in-memory-api-key.repository.fake.js';

describe(InMemoryApiKeyRepository.name, () => {
  const apiKeys = new InMemoryApiKeyRepository();
  const aScope = () => Promise.resolve({ organizationId: newId(), environmentId: newId() });
  describeApiKeyRepository(() => ({ apiKeys, aScope }));
});
