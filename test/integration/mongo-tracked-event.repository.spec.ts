import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { MongoTrackedEventRepository } from '../../src/modules/user/persistence/mongo-tracked-event.repository.js';
import {
  TRACKED_EVENTS,
  trackedEventSchema,
  type TrackedEventDocument,
} from '../../src/modules/user/persistence/tracked-event.schema.js';
import { describeTrackedEventRepository } from '../../src/modules/user/tracked-event.repository.contract.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

describe(MongoTrackedEventRepository.name, () => {
  const mongo = new MongoSuite();

  const repository = () =>
    new MongoTrackedEventRepository(mongo.model<TrackedEventDocument>(TRACKED_EVENTS, trackedEventSchema));

  describeTrackedEventRepository(repository);

  it('reads a page and finds what is one too many by the index, without sorting', async () => {
    const events = repository();
    const scope = { organizationId: newId(), environmentId: newId() };
    const anEvent = (userId: string) => ({
      id: newId(),
      ...scope,
      userId,
      name: 'view',
      properties: {},
      at: new Date(),
    });
    const userIds = [newId(), newId()];
    for (let count = 0; count < 60; count += 1)
      for (const userId of userIds) await events.append(scope, anEvent(userId), 200);
    const plans = await plansOf(mongo.connection, async () => {
      await events.append(scope, anEvent(userIds[0]!), 30);
      await events.list(scope, userIds[1]!, { since: new Date(0), afterId: null, limit: 11 });
    });
    for (const { stages, indexes } of plans) {
      expect(indexes).toEqual(['tracked_event_user']);
      expect(stages).not.toContain('SORT');
    }
    expect(plans.at(-1)?.docsExamined).toBeLessThanOrEqual(11);
  });
});
