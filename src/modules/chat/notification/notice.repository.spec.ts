import { describe } from '@jest/globals';
import { InMemoryNoticeRepository } from '../fakes/in-memory-notice.repository.fake.js';
import { describeNoticeRepository } from './notice.repository.contract.js';

describe(InMemoryNoticeRepository.name, () => {
  describeNoticeRepository(() => new InMemoryNoticeRepository());
});
