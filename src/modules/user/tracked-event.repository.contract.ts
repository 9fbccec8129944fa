import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { TrackedEvent } from './tracked-event.js';
import type { TrackedEventRepository } from './tracked-event.repository.js';

const MOST = 5;
const EVER = new Date(0);

/** What every TrackedEventRepository does, the fake as well as the real one. */
export function describeTrackedEventRepository(create: () => TrackedEventRepository): void {
  let events: TrackedEventRepository;
  let scope: EnvironmentScope;
  let userId: string;

  beforeEach(() => {
    events = create();
    scope = { organizationId: newId(), environmentId: newId() };
    userId = newId();
  });

  const track = async (name: string, given: Partial<TrackedEvent> = {}) => {
    const properties = { total: 39.5, currency: 'KRW', gift: false, code: null };
    const event = { id: newId(), ...scope, userId, name, properties, at: new Date(1_000), ...given };
    await events.append(scope, event, MOST);
    return event;
  };
  const list = (given: { since?: Date; afterId?: string; limit?: number } = {}, of = userId) =>
    events.list(scope, of, { since: EVER, afterId: null, limit: 10, ...given });
  const namesOf = (found: TrackedEvent[]) => found.map(({ name }) => name);

  it('gives back what was tracked, newest first, page by page', async () => {
    const [first, second, third] = [await track('view'), await track('cart'), await track('order')];
    expect(await list()).toEqual([third, second, first]);
    expect(await list({ limit: 2 })).toEqual([third, second]);
    expect(await list({ afterId: second.id })).toEqual([first]);
  });

  it('keeps the newest of each user', async () => {
    const other = newId();
    await track('theirs', { userId: other });
    for (const name of ['1', '2', '3', '4', '5', '6', '7']) await track(name);
    expect(namesOf(await list())).toEqual(['7', '6', '5', '4', '3']);
    expect(namesOf(await list({}, other))).toEqual(['theirs']);
  });

  it('shows nothing to another tenant or another environment', async () => {
    await track('order');
    const strangers = [
      { organizationId: newId(), environmentId: scope.environmentId },
      { ...scope, environmentId: newId() },
    ];
    for (const stranger of strangers) {
      expect(await events.list(stranger, userId, { since: EVER, afterId: null, limit: 10 })).toEqual([]);
      await events.eraseOfUser(stranger, userId);
    }
    expect(namesOf(await list())).toEqual(['order']);
    const { organizationId } = scope;
    expect(
      await events.list({ organizationId }, userId, { since: EVER, afterId: null, limit: 1 }),
    ).toHaveLength(1);
  });

  it('shows and keeps nothing that is too old', async () => {
    await track('old', { at: new Date(1_000) });
    await track('new', { at: new Date(3_000) });
    expect(namesOf(await list({ since: new Date(2_000) }))).toEqual(['new']);
    await events.removeBefore(new Date(2_000));
    expect(namesOf(await list())).toEqual(['new']);
  });

  it('forgets a user', async () => {
    await track('order');
    await track('theirs', { userId: 'other' });
    await events.eraseOfUser(scope, userId);
    expect(await list()).toEqual([]);
    expect(await list({}, 'other')).toHaveLength(1);
  });
}
