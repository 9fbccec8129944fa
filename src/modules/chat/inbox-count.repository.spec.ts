import { describe } from '@jest/globals';
import { InMemoryConversationRepository } from './fakes/in-memory-conversation.repository.fake.js';
import { InMemoryInboxCountRepository } from './fakes/in-memory-inbox-count.repository.fake.js';
import { describeInboxCountRepository } from './inbox-count.repository.contract.js';

describe(InMemoryInboxCountRepository.name, () => {
  describeInboxCountRepository(() => {
    const conversations = new InMemoryConversationRepository();
    return { conversations, counts: new InMemoryInboxCountRepository(conversations) };
  });
});
