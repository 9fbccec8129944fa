import { describe } from '@jest/globals';
import { InMemoryMessageIndex } from './in-memory-message-index.fake.js';
import { describeMessageIndex } from './message-index.contract.js';

describe(InMemoryMessageIndex.name, () => {
  describeMessageIndex(() => new InMemoryMessageIndex());
});
