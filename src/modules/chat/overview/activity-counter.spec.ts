import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage, aScope } from '../fakes/factories.fake.js';
import { InMemoryActivityRepository } from '../fakes/in-memory-activity.repository.fake.js';
import { ActivityCounter } from './activity-counter.js';

const NINE = new Date('2026-11-20T09:00:00.000Z');

describe(ActivityCounter.name, () => {
  let now: Date;
  let activity: InMemoryActivityRepository;
  let counter: ActivityCounter;
  const scope = aScope();

  beforeEach(() => {
    now = new Date(NINE.getTime() + 59 * 60_000);
    activity = new InMemoryActivityRepository();
    counter = new ActivityCounter(activity, { now: () => now });
  });

  afterEach(() => counter.onModuleDestroy());

  const conversation = aConversation(scope);
  const say = (given: Parameters<typeof aMessage>[0] = {}) =>
    counter.countMessage({ conversation, message: aMessage({ ...scope, ...given }) });
  const counted = () => activity.perHour(scope, NINE, new Date(NINE.getTime() + 5 * 3_600_000));

  it('counts what is said and begun, hour by hour', async () => {
    counter.countConversation({ conversation });
    say();
    say({ private: true });
    now = new Date(NINE.getTime() + 61 * 60_000);
    say();
    await counter.flush();
    expect(await counted()).toEqual([
      { at: NINE, messages: 2, conversations: 1 },
      { at: new Date(NINE.getTime() + 3_600_000), messages: 1, conversations: 0 },
    ]);
  });

  it('counts neither events nor what colleagues say among themselves', async () => {
    say({ type: 'system' });
    say({ environmentId: null });
    counter.countConversation({ conversation: aConversation({ kind: 'group', environmentId: null }) });
    await counter.flush();
    expect(await counted()).toEqual([]);
  });

  it('keeps what could not be written, and writes it later', async () => {
    const add = activity.add.bind(activity);
    activity.add = () => Promise.reject(new Error('away'));
    say();
    await counter.flush();
    activity.add = add;
    say();
    await counter.flush();
    expect(await counted()).toMatchObject([{ messages: 2 }]);
  });
});
