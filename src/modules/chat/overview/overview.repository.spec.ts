import { describe } from '@jest/globals';
import { InMemoryActivityRepository } from '../fakes/in-memory-activity.repository.fake.js';
import { InMemoryConversationRepository } from '../fakes/in-memory-conversation.repository.fake.js';
import { InMemoryOverviewRepository } from '../fakes/in-memory-overview.repository.fake.js';
import { describeActivityRepository } from './activity.repository.contract.js';
import { describeOverviewRepository } from './overview.repository.contract.js';

describe(InMemoryOverviewRepository.name, () => {
  describeOverviewRepository(() => {
    const conversations = new InMemoryConversationRepository();
    return { conversations, overviews: new InMemoryOverviewRepository(conversations) };
  });
});

describe(InMemoryActivityRepository.name, () => {
  describeActivityRepository(() => new InMemoryActivityRepository());
});
