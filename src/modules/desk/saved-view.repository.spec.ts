import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemorySavedViewRepository } from './fakes/in-memory-saved-view.repository.fake.js';
import { describeSavedViewRepository } from './saved-view.repository.contract.js';

describe(InMemorySavedViewRepository.name, () => {
  const anOwner = () => Promise.resolve({ organizationId: newId(), agentId: newId() });
  describeSavedViewRepository(() => new InMemorySavedViewRepository(), anOwner);
});
