import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import {
  aDelivery,
  describeDeliveryRepository,
} from '../../src/modules/webhook/delivery.repository.contract.js';
import {
  DELIVERIES,
  deliverySchema,
  type DeliveryDocument,
} from '../../src/modules/webhook/persistence/delivery.schema.js';
import { MongoDeliveryRepository } from '../../src/modules/webhook/persistence/mongo-delivery.repository.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

describe(MongoDeliveryRepository.name, () => {
  const mongo = new MongoSuite();
  let deliveries: MongoDeliveryRepository;

  beforeAll(() => {
    deliveries = new MongoDeliveryRepository(mongo.model<DeliveryDocument>(DELIVERIES, deliverySchema));
  });

  describeDeliveryRepository(() => deliveries);

  describe('with many of them', () => {
    const scope = { organizationId: newId(), environmentId: newId() };
    const now = new Date();
    const webhookIds = Array.from({ length: 20 }, () => newId());
    const webhookId = webhookIds[7]!;
    const userId = newId();

    beforeAll(async () => {
      for (const [number, one] of webhookIds.entries()) {
        const many = Array.from({ length: 300 }, (_, order) =>
          aDelivery(scope, {
            webhookId: one,
            order,
            createdAt: new Date(now.getTime() + order),
            due: new Date(now.getTime() + (number % 2 === 0 ? 1_000 : -1_000)),
            state: order % 3 === 0 ? 'pending' : 'delivered',
            type: order % 2 === 0 ? 'message.created' : 'user.created',
            ...(order === 5 && { userId }),
          }),
        );
        await deliveries.record(many);
      }
    });

    it.each<[string, string, number, () => Promise<unknown>]>([
      ['what is due', 'delivery_due', 20, () => deliveries.claimDue(webhookId, now, 60_000, 20)],
      ['whether something is due', 'delivery_due', 1, () => deliveries.hasDue(webhookId, now)],
      ['the newest', 'delivery_list', 21, () => deliveries.page(scope, webhookId, {}, { limit: 21 })],
      [
        'the newest of a state and type',
        'delivery_list',
        21,
        () => deliveries.page(scope, webhookId, { state: 'delivered', type: 'user.created' }, { limit: 21 }),
      ],
      [
        'the next page',
        'delivery_list',
        23,
        () => {
          const after = { createdAt: new Date(now.getTime() + 200), id: newId() };
          return deliveries.page(scope, webhookId, { state: 'delivered' }, { limit: 21, after });
        },
      ],
    ])('finds %s by the index made for it, without reading past it', async (_, index, atMost, work) => {
      const plans = await plansOf(mongo.connection, work);
      for (const { stages, indexes, docsExamined } of plans.slice(0, 1)) {
        expect(stages).not.toContain('COLLSCAN');
        expect(stages).not.toContain('SORT');
        expect(indexes).toEqual([index]);
        expect(docsExamined).toBeLessThanOrEqual(atMost);
      }
    });

    it('goes from one webhook to the next without reading what waits at them', async () => {
      const later = new Date(now.getTime() + 500);
      const plans = await plansOf(mongo.connection, () => deliveries.listDueWebhooks(later, null, 50));
      expect(plans.length).toBeGreaterThan(9);
      for (const { stages, indexes, keysExamined } of plans) {
        expect(stages).not.toContain('SORT');
        expect(indexes).toEqual(['delivery_due']);
        expect(keysExamined).toBeLessThan(30);
      }
    });

    it('lets what is of a user go by the index made for it, and the old by itself', async () => {
      const collection = mongo.connection.collection(DELIVERIES);
      const explained = await collection.find({ userId }).explain('queryPlanner');
      expect(JSON.stringify(explained)).toContain('delivery_user');
      const indexes = await collection.indexes();
      expect(indexes).toContainEqual(
        expect.objectContaining({ name: 'delivery_expiry', expireAfterSeconds: 30 * 86_400 }),
      );
    });
  });
});
