import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemoryPasswordResetRepository } from './fakes/in-memory-password-reset.repository.fake.js';
import { describePasswordResetRepository } from './password-reset.repository.contract.js';

describe(InMemoryPasswordResetRepository.name, () => {
  const resets = new InMemoryPasswordResetRepository();
  describePasswordResetRepository(
    () => resets,
    () => Promise.resolve(newId()),
  );
});
