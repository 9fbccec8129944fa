import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AgentPrincipal, EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { EventSink } from '../../common/events/event-sink.js';
import type { DomainEventBus } from '../../common/events/domain-events.js';
import { newId } from '../../common/ids.js';
import type { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { InMemoryTrackedEventRepository } from './fakes/in-memory-tracked-event.repository.fake.js';
import { InMemoryUserRepository } from './fakes/in-memory-user.repository.fake.js';
import { OutwardUsers } from './outward-users.js';
import type { UnreadCounter } from './ports.js';
import { TrackedEventService } from './tracked-event.service.js';
import { UserErasureService } from './user-erasure.service.js';
import { UserViews } from './user-views.js';
import { UserNotFound } from './user.errors.js';
import { UserService } from './user.service.js';

const AGENT: AgentPrincipal = {
  type: 'agent',
  id: newId(),
  organizationId: newId(),
  accountId: newId(),
  sessionId: newId(),
  role: 'owner',
  name: 'Jiwoo Park',
  avatarUrl: null,
};
const SCOPE: EnvironmentScope = { organizationId: newId(), environmentId: newId() };

function aHouse() {
  const repository = new InMemoryUserRepository();
  const events = { publish: jest.fn() };
  const presence = { statesOf: () => Promise.resolve(new Map()) } as unknown as PresenceStore;
  const unread: UnreadCounter = { countFor: (_, ids) => Promise.resolve(new Map(ids.map((id) => [id, 7]))) };
  const bus = events as unknown as DomainEventBus;
  const clock = new Clock();
  const sink = {
    isWanted: jest.fn<EventSink['isWanted']>().mockResolvedValue(false),
    record: jest.fn<EventSink['record']>().mockResolvedValue(),
    eraseOfUser: jest.fn<EventSink['eraseOfUser']>().mockResolvedValue(),
  };
  const outward = new OutwardUsers(repository, sink, clock);
  const users = new UserService(repository, new UserViews(presence, unread), bus, clock, outward);
  const content = { erase: jest.fn(() => Promise.resolve({ conversations: 1, messages: 2 })) };
  const trackedEvents = new InMemoryTrackedEventRepository();
  const tracked = new TrackedEventService(trackedEvents, users, clock);
  const erasures = new UserErasureService(
    repository,
    users,
    content,
    trackedEvents,
    bus,
    clock,
    sink,
    outward,
  );
  return { repository, users, events, content, tracked, erasures, sink, outward };
}

describe(UserService.name, () => {
  let users: UserService;
  let events: { publish: jest.Mock };

  beforeEach(() => {
    ({ users, events } = aHouse());
  });

  const identify = (identity: 'claimed' | 'verified', more: object = {}) =>
    users.identify(SCOPE, { memberId: 'kim', identity, ...more });

  it('blocks a user until it is let in again, and tells it once', async () => {
    const { id } = await users.createAnonymous(SCOPE, {});
    const isBlocked = () => users.isBlocked(SCOPE.environmentId, id);
    expect(await isBlocked()).toBe(false);
    const blocked = await users.setBlocked(SCOPE, id, true, AGENT);
    expect(blocked.blockedAt).toBeInstanceOf(Date);
    expect(await users.setBlocked(SCOPE, id, true, AGENT)).toEqual(blocked);
    expect(await isBlocked()).toBe(true);
    expect(await users.findPrincipal(SCOPE.environmentId, id)).toMatchObject({ id });
    expect(events.publish).toHaveBeenCalledTimes(1);
    expect((await users.setBlocked(SCOPE, id, false, AGENT)).blockedAt).toBeNull();
    expect(await isBlocked()).toBe(false);
    await expect(users.setBlocked(SCOPE, newId(), true, AGENT)).rejects.toThrow(UserNotFound);
    await expect(users.setBlocked({ organizationId: newId() }, id, true, AGENT)).rejects.toThrow(
      UserNotFound,
    );
    expect(await users.isBlocked(SCOPE.environmentId, newId())).toBe(false);
  });

  describe('identify', () => {
    it('answers the same user to the same member at the same level', async () => {
      expect((await identify('verified')).id).toBe((await identify('verified')).id);
    });

    it('never lets a claim reach the verified user, nor change it', async () => {
      const verified = await identify('verified', { profile: { name: 'Kim' } });
      const claimed = await identify('claimed', { profile: { name: 'Mallory' } });
      expect(claimed.id).not.toBe(verified.id);
      expect((await users.find(SCOPE, verified.id))?.profile.name).toBe('Kim');
    });

    it('never makes a verified user of a claimed one: what was claimed stays unproven', async () => {
      const claimed = await identify('claimed');
      const verified = await identify('verified', { visitor: claimed });
      expect(verified.id).not.toBe(claimed.id);
      expect((await users.find(SCOPE, claimed.id))?.identity).toBe('claimed');
    });

    it('makes the member of the anonymous visitor, who keeps the conversations', async () => {
      const visitor = await users.createAnonymous(SCOPE, {});
      const member = await identify('verified', { visitor });
      expect(member).toMatchObject({ id: visitor.id, memberId: 'kim', identity: 'verified' });
    });

    it('leaves the visitor alone when the member exists', async () => {
      const member = await identify('verified');
      const visitor = await users.createAnonymous(SCOPE, {});
      expect((await identify('verified', { visitor })).id).toBe(member.id);
      expect((await users.find(SCOPE, visitor.id))?.identity).toBe('anonymous');
    });

    it('makes one user of many tabs at the same moment', async () => {
      const visitors = await Promise.all([1, 2, 3].map(() => users.createAnonymous(SCOPE, {})));
      const found = await Promise.all(visitors.map((visitor) => identify('verified', { visitor })));
      expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    });

    it('keeps members of different environments apart', async () => {
      const here = await identify('verified');
      const there = await users.identify(
        { ...SCOPE, environmentId: newId() },
        { memberId: 'kim', identity: 'verified' },
      );
      expect(there.id).not.toBe(here.id);
    });
  });

  it('takes the word of the company for proof, and finds whom it has proven first', async () => {
    const claimed = await identify('claimed');
    expect((await users.findByMember(SCOPE, 'kim'))?.id).toBe(claimed.id);
    const upserted = await users.upsertByMember(
      SCOPE,
      'kim',
      {
        profile: { name: 'Kim' },
        tags: ['vip', 'vip'],
      },
      AGENT,
    );
    expect(upserted).toMatchObject({ identity: 'verified', tags: ['vip'] });
    expect((await users.findByMember(SCOPE, 'kim'))?.id).toBe(upserted.id);
  });

  it('calls somebody without a name friendly, in their language', async () => {
    const visitor = await users.createAnonymous(SCOPE, { language: 'ko-kr' });
    const name = (await users.namesOf(SCOPE, [visitor.id])).get(visitor.id)?.name;
    expect(name).toBe(`방문자 ${visitor.id.slice(-4).toUpperCase()}`);
    expect(visitor.language).toBe('ko-KR');
  });

  it('publishes a change once, and nothing when nothing changed', async () => {
    const user = await users.createAnonymous(SCOPE, {});
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } }, AGENT);
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } }, AGENT);
    expect(events.publish).toHaveBeenCalledTimes(1);
    expect(events.publish).toHaveBeenCalledWith(
      'user.updated',
      expect.objectContaining({
        user: expect.objectContaining({ id: user.id, unread: 7, presence: 'unknown' }),
      }),
    );
  });

  it('knows the caller by environment and forgets an old name at once on this node', async () => {
    const user = await users.createAnonymous(SCOPE, {});
    expect(await users.findPrincipal(newId(), user.id)).toBeNull();
    await users.findPrincipal(SCOPE.environmentId, user.id);
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } }, AGENT);
    expect((await users.findPrincipal(SCOPE.environmentId, user.id))?.name).toBe('Kim');
  });

  it('adds and takes away tags, and takes no more than there may be', async () => {
    const { id } = await users.createAnonymous(SCOPE, { addTags: ['new', ' new '] });
    const tagsAfter = async (changes: object) => (await users.update(SCOPE, id, changes, AGENT)).tags;
    expect(await tagsAfter({ addTags: ['vip', 'new'] })).toEqual(['new', 'vip']);
    expect(await tagsAfter({ removeTags: ['new', 'none'], addTags: ['old'] })).toEqual(['vip', 'old']);
    expect(await tagsAfter({ tags: ['vip'], removeTags: ['vip'] })).toEqual([]);
    const many = Array.from({ length: 30 }, (_, number) => `tag ${number}`);
    expect(await tagsAfter({ addTags: many })).toHaveLength(30);
    await expect(tagsAfter({ addTags: ['one more'] })).rejects.toThrow(ValidationFailed);
    expect(await tagsAfter({ removeTags: ['tag 0'], addTags: ['one more'] })).toHaveLength(30);
  });

  it('keeps when a user first agreed', async () => {
    const { id } = await users.createAnonymous(SCOPE, {});
    const { consentedAt } = await users.update(SCOPE, id, { consented: true }, AGENT);
    expect(consentedAt).toBeInstanceOf(Date);
    expect((await users.update(SCOPE, id, { consented: true }, AGENT)).consentedAt).toEqual(consentedAt);
    expect(events.publish).toHaveBeenCalledTimes(1);
  });

  it('knows who has agreed, also when it was on another node a moment ago', async () => {
    const { users: here, repository } = aHouse();
    const { id } = await here.createAnonymous(SCOPE, {});
    const hasConsented = () => here.hasConsented(SCOPE.environmentId, id);
    expect(await hasConsented()).toBe(false);
    await repository.update(SCOPE, id, (user) => ({ ...user, consentedAt: new Date() }));
    expect(await hasConsented()).toBe(true);
    expect(await here.hasConsented(SCOPE.environmentId, newId())).toBe(false);
  });

  it('knows where and with what a user was last, and tells nobody of each step', async () => {
    const { users, events, sink } = aHouse();
    sink.isWanted.mockResolvedValue(true);
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';
    const page = { url: 'https://shop.example/', title: 'Shop' };
    const visitor = await users.createAnonymous(SCOPE, { page, userAgent });
    expect(visitor).toMatchObject({ page, devices: [{ kind: 'desktop', browser: 'Firefox', os: 'Linux' }] });
    const cart = { url: 'https://shop.example/cart' };
    const later = await users.welcomeBack(SCOPE, visitor, { page: cart, userAgent: 'curl/8' });
    expect(later.page).toMatchObject({ ...cart, title: null });
    expect(later.devices).toHaveLength(2);
    await users.update(SCOPE, visitor.id, { page }, AGENT);
    expect((await users.find(SCOPE, visitor.id))?.page).toMatchObject(page);
    expect(events.publish).not.toHaveBeenCalled();
    expect(sink.record).toHaveBeenCalledTimes(1);
  });

  it('asks the store no more than three times when a visitor comes back, also with a new page', async () => {
    const { users, repository } = aHouse();
    const visitor = await users.createAnonymous(SCOPE, {});
    const calls = ['find', 'findMember', 'update', 'insertOrFind'] as const;
    const spies = calls.map((name) => jest.spyOn(repository, name));
    const known = await users.findForBoot(SCOPE, visitor.id);
    await users.welcomeBack(SCOPE, known!, { page: { url: 'https://shop.example/' }, userAgent: 'curl/8' });
    // An update is a read and, when something is new, a write.
    const [find, findMember, update, insert] = spies.map((spy) => spy.mock.calls.length);
    expect([find, findMember, update, insert]).toEqual([1, 0, 1, 0]);
  });

  it('pages through the list with what the cursor says', async () => {
    for (let count = 0; count < 3; count += 1) await users.createAnonymous(SCOPE, {});
    const first = await users.list(SCOPE, { limit: 2 });
    const second = await users.list(SCOPE, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  });
});

describe(UserErasureService.name, () => {
  it('erases the user with its content and answers the same receipt when asked again', async () => {
    const { users, erasures, events, content } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    const receipt = await erasures.erase(SCOPE, id, AGENT);
    expect(receipt).toMatchObject({ userId: id, erased: { conversations: 1, messages: 2 } });
    expect(events.publish).toHaveBeenCalledWith('user.erased', {
      scope: SCOPE,
      userId: id,
      receiptId: receipt.id,
    });
    expect(await users.findPrincipal(SCOPE.environmentId, id)).toBeNull();
    expect(await erasures.erase(SCOPE, id, AGENT)).toEqual(receipt);
    expect(content.erase).toHaveBeenCalledTimes(1);
  });

  it('erases once when several ask at the same moment, and tells each of them and others the same', async () => {
    const { users, erasures, content, sink } = aHouse();
    sink.isWanted.mockResolvedValue(true);
    const { id } = await users.createAnonymous(SCOPE, {});
    sink.record.mockClear();
    const ask = () => erasures.erase(SCOPE, id, AGENT);
    const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
    expect(first.erased).toEqual({ conversations: 1, messages: 2 });
    for (const receipt of others) expect(receipt).toEqual(first);
    expect(content.erase).toHaveBeenCalledTimes(1);
    expect(sink.record).toHaveBeenCalledTimes(1);
  });

  it('erases what the user did on the site, and lets nothing of it come after', async () => {
    const { users, tracked, erasures } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    const principal = (await users.findPrincipal(SCOPE.environmentId, id))!;
    await tracked.track(principal, { name: 'order' });
    expect(await tracked.all(SCOPE, id)).toHaveLength(1);
    await erasures.erase(SCOPE, id, AGENT);
    expect(await tracked.all(SCOPE, id)).toEqual([]);
    await expect(tracked.track(principal, { name: 'late' })).rejects.toThrow(UserNotFound);
  });

  it('goes on after a failure, although the user is gone already', async () => {
    const { users, erasures, content } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    content.erase.mockRejectedValueOnce(new Error('the store is away'));
    await expect(erasures.erase(SCOPE, id, AGENT)).rejects.toThrow('away');
    expect((await erasures.erase(SCOPE, id, AGENT)).erased.messages).toBe(2);
  });

  it('does not find what another tenant has', async () => {
    const { users, erasures } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    await expect(erasures.erase({ organizationId: newId() }, id, AGENT)).rejects.toBeInstanceOf(UserNotFound);
    await expect(users.update({ organizationId: newId() }, id, {}, AGENT)).rejects.toBeInstanceOf(
      UserNotFound,
    );
  });
});

describe(OutwardUsers.name, () => {
  const told = ({ sink }: ReturnType<typeof aHouse>) => sink.record.mock.calls.flatMap(([events]) => events);
  const aHouseWithAnEar = () => {
    const house = aHouse();
    house.sink.isWanted.mockResolvedValue(true);
    return house;
  };

  it('tells that a user came, changed and was erased, and by whom', async () => {
    const house = aHouseWithAnEar();
    const { users, erasures } = house;
    const { id } = await users.createAnonymous(SCOPE, { profile: { name: 'Kim' } });
    await users.update(SCOPE, id, { tags: ['vip'] }, AGENT);
    await users.update(SCOPE, id, { tags: ['vip'] }, AGENT);
    const { id: receiptId } = await erasures.erase(SCOPE, id, AGENT);
    const agent = { type: 'agent', id: AGENT.id, name: AGENT.name };
    expect(told(house)).toMatchObject([
      { type: 'user.created', performedBy: { type: 'user', id, name: 'Kim' }, userId: id },
      { type: 'user.updated', performedBy: agent, data: { user: { id, tags: ['vip'] } } },
      { type: 'user.erased', performedBy: agent, userId: null, data: { user: { id }, receiptId } },
    ]);
    expect(house.sink.eraseOfUser).toHaveBeenCalledWith(SCOPE, id);
    expect(new Set(told(house).map((event) => event.id)).size).toBe(3);
    expect((await house.repository.find(SCOPE, id))?.events ?? []).toEqual([]);
  });

  it('tells of a member once, whom the company itself made', async () => {
    const house = aHouseWithAnEar();
    await house.users.upsertByMember(SCOPE, 'kim', { profile: { name: 'Kim' } }, AGENT);
    expect(told(house).map(({ type }) => type)).toEqual(['user.created', 'user.updated']);
    await house.users.upsertByMember(SCOPE, 'kim', { profile: { name: 'Kim' } }, AGENT);
    expect(told(house)).toHaveLength(2);
  });

  it('notes nothing where nobody asks for it', async () => {
    const house = aHouse();
    const { events } = await house.users.createAnonymous(SCOPE, {});
    expect(events).toEqual([]);
    expect(house.sink.record).not.toHaveBeenCalled();
  });

  it('tells later, and the same, what could not be told', async () => {
    const house = aHouseWithAnEar();
    const { users, erasures, outward, sink } = house;
    const later = () => new Date(Date.now() + 60_000);
    sink.record.mockRejectedValueOnce(new Error('away'));
    const { id } = await users.createAnonymous(SCOPE, {});
    const [first] = told(house);
    await outward.tellUntold(later());
    await outward.tellUntold(later());
    expect(told(house)).toEqual([first, first]);
    sink.record.mockRejectedValueOnce(new Error('away'));
    await erasures.erase(SCOPE, id, AGENT);
    await outward.tellUntold(later());
    await outward.tellUntold(later());
    expect(
      told(house)
        .slice(2)
        .map(({ type }) => type),
    ).toEqual(['user.erased', 'user.erased']);
  });
});
