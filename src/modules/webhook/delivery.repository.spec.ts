import { describe } from '@jest/globals';
import { describeDeliveryRepository } from './delivery.repository.contract.js';
import { InMemoryDeliveryRepository } from './fakes/in-memory-delivery.repository.fake.js';

describe(InMemoryDeliveryRepository.name, () => {
  const deliveries = new InMemoryDeliveryRepository();
  describeDeliveryRepository(() => deliveries);
});
