import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import { aScope } from '../fakes/factories.fake.js';
import type { ActivityRepository } from './activity.repository.js';

const hour = (at: number) => new Date(Date.UTC(2026, 10, 20, at));

/** What every ActivityRepository does, the fake as well as the real one. */
export function describeActivityRepository(create: () => ActivityRepository): void {
  let activity: ActivityRepository;
  let scope: EnvironmentScope;

  beforeEach(() => {
    activity = create();
    scope = aScope();
  });

  it('adds up what is told of an hour, also by two at once', async () => {
    const told = { ...scope, at: hour(9), messages: 2, conversations: 1 };
    await Promise.all([activity.add([told]), activity.add([{ ...told, conversations: 0 }])]);
    await activity.add([{ ...told, at: hour(11) }]);
    await activity.add([]);
    expect(await activity.perHour(scope, hour(0), hour(23))).toEqual([
      { at: hour(9), messages: 4, conversations: 1 },
      { at: hour(11), messages: 2, conversations: 1 },
    ]);
  });

  it('begins with the hour in which the time begins, and ends with the time', async () => {
    const told = { ...scope, messages: 1, conversations: 0 };
    await activity.add([8, 9, 10, 11].map((at) => ({ ...told, at: hour(at) })));
    const halfPast = new Date(hour(9).getTime() + 30 * 60_000);
    const found = await activity.perHour(scope, halfPast, hour(10));
    expect(found.map(({ at }) => at)).toEqual([hour(9), hour(10)]);
  });

  it('takes environments together or one by one, and no other tenant', async () => {
    const told = { at: hour(9), messages: 1, conversations: 0 };
    const { organizationId } = scope;
    await activity.add([
      { ...told, ...scope },
      { ...told, organizationId, environmentId: newId() },
      { ...told, ...aScope() },
    ]);
    const messages = async (of: { organizationId: string }) =>
      (await activity.perHour(of, hour(0), hour(23))).map((found) => found.messages);
    expect(await messages({ organizationId })).toEqual([2]);
    expect(await messages(scope)).toEqual([1]);
    expect(await messages(aScope())).toEqual([]);
  });
}
