import { describe } from '@jest/globals';
import { InMemoryConversationRepository } from './fakes/in-memory-conversation.repository.fake.js';
import { describeConversationRepository } from './conversation.repository.contract.js';

describe(InMemoryConversationRepository.name, () => {
  describeConversationRepository(() => new InMemoryConversationRepository());
});
