import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemoryWebhookRepository } from './fakes/in-memory-webhook.repository.fake.js';
import { describeWebhookRepository } from './webhook.repository.contract.js';

describe(InMemoryWebhookRepository.name, () => {
  const webhooks = new InMemoryWebhookRepository();
  const aScope = () => Promise.resolve({ organizationId: newId(), environmentId: newId() });
  describeWebhookRepository(() => ({ webhooks, aScope }));
});
