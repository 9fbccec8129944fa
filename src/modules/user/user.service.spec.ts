import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import type { DomainEventBus } from '../../common/events/domain-events.js';
import { newId } from '../../common/ids.js';
import type { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { InMemoryUserRepository } from './fakes/in-memory-user.repository.fake.js';
import type { UnreadCounter } from './ports.js';
import { UserErasureService } from './user-erasure.service.js';
import { UserViews } from './user-views.js';
import { UserNotFound } from './user.errors.js';
import { UserService } from './user.service.js';

const SCOPE: EnvironmentScope = { organizationId: newId(), environmentId: newId() };

function aHouse() {
  const repository = new InMemoryUserRepository();
  const events = { publish: jest.fn() };
  const presence = { statesOf: () => Promise.resolve(new Map()) } as unknown as PresenceStore;
  const unread: UnreadCounter = { countFor: (_, ids) => Promise.resolve(new Map(ids.map((id) => [id, 7]))) };
  const bus = events as unknown as DomainEventBus;
  const clock = new Clock();
  const users = new UserService(repository, new UserViews(presence, unread), bus, clock);
  const content = { erase: jest.fn(() => Promise.resolve({ conversations: 1, messages: 2 })) };
  return { users, events, content, erasures: new UserErasureService(repository, users, content, bus, clock) };
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
    const blocked = await users.setBlocked(SCOPE, id, true);
    expect(blocked.blockedAt).toBeInstanceOf(Date);
    expect(await users.setBlocked(SCOPE, id, true)).toEqual(blocked);
    expect(await isBlocked()).toBe(true);
    expect(await users.findPrincipal(SCOPE.environmentId, id)).toMatchObject({ id });
    expect(events.publish).toHaveBeenCalledTimes(1);
    expect((await users.setBlocked(SCOPE, id, false)).blockedAt).toBeNull();
    expect(await isBlocked()).toBe(false);
    await expect(users.setBlocked(SCOPE, newId(), true)).rejects.toThrow(UserNotFound);
    await expect(users.setBlocked({ organizationId: newId() }, id, true)).rejects.toThrow(UserNotFound);
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
    const upserted = await users.upsertByMember(SCOPE, 'kim', {
      profile: { name: 'Kim' },
      tags: ['vip', 'vip'],
    });
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
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } });
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } });
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
    await users.update(SCOPE, user.id, { profile: { name: 'Kim' } });
    expect((await users.findPrincipal(SCOPE.environmentId, user.id))?.name).toBe('Kim');
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
    const receipt = await erasures.erase(SCOPE, id);
    expect(receipt).toMatchObject({ userId: id, erased: { conversations: 1, messages: 2 } });
    expect(events.publish).toHaveBeenCalledWith('user.erased', {
      scope: SCOPE,
      userId: id,
      receiptId: receipt.id,
    });
    expect(await users.findPrincipal(SCOPE.environmentId, id)).toBeNull();
    expect(await erasures.erase(SCOPE, id)).toEqual(receipt);
    expect(content.erase).toHaveBeenCalledTimes(1);
  });

  it('goes on after a failure, although the user is gone already', async () => {
    const { users, erasures, content } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    content.erase.mockRejectedValueOnce(new Error('the store is away'));
    await expect(erasures.erase(SCOPE, id)).rejects.toThrow('away');
    expect((await erasures.erase(SCOPE, id)).erased.messages).toBe(2);
  });

  it('does not find what another tenant has', async () => {
    const { users, erasures } = aHouse();
    const { id } = await users.createAnonymous(SCOPE, {});
    await expect(erasures.erase({ organizationId: newId() }, id)).rejects.toBeInstanceOf(UserNotFound);
    await expect(users.update({ organizationId: newId() }, id, {})).rejects.toBeInstanceOf(UserNotFound);
  });
});
