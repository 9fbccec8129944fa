import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemoryPushSubscriptionRepository } from './fakes/in-memory-push-subscription.repository.fake.js';
import { describePushSubscriptionRepository } from './push-subscription.repository.contract.js';

describe(InMemoryPushSubscriptionRepository.name, () => {
  const aMember = () => Promise.resolve({ organizationId: newId(), agentId: newId(), sessionId: newId() });
  describePushSubscriptionRepository(() => new InMemoryPushSubscriptionRepository(), aMember);
});
