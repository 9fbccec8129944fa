import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import { newUser } from './user-changes.js';
import type { UserEvent } from './user-event.js';
import { MemberTaken } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import type { User } from './user.js';

function aScope(): EnvironmentScope {
  return { organizationId: newId(), environmentId: newId() };
}

function aUser(scope: EnvironmentScope, given: Partial<User> = {}): User {
  const user = newUser(scope, {
    id: newId(),
    createdAt: new Date(1_000),
    identity: 'anonymous',
    memberId: null,
  });
  return { ...user, ...given };
}

function named(name: string, more: Partial<User['profile']> = {}): Pick<User, 'profile'> {
  return { profile: { name, email: null, phone: null, avatarUrl: null, ...more } };
}

const MEMBER = { memberId: 'kim', identity: 'verified' } as const;

/** What every UserRepository does, the fake as well as the real one. */
export function describeUserRepository(create: () => UserRepository): void {
  let users: UserRepository;
  let scope: EnvironmentScope;

  beforeEach(() => {
    users = create();
    scope = aScope();
  });

  const add = (given: Partial<User> = {}) => users.insertOrFind(scope, aUser(scope, given));
  const idsFor = async (...words: string[]) =>
    (await users.list(scope, { words, afterId: null, limit: 10 })).map(({ id }) => id);

  it('gives back what was stored', async () => {
    const user = await add({
      ...MEMBER,
      ...named('김민지', { plan: 'pro', seats: 3 }),
      tags: ['vip'],
      language: 'ko',
    });
    expect(await users.find(scope, user.id)).toEqual(user);
    expect(await users.findInEnvironment(scope.environmentId, user.id)).toEqual(user);
    expect(await users.findMany(scope, [user.id, newId()])).toEqual([user]);
    expect(await users.identitiesOf([user.id, newId()])).toEqual(new Map([[user.id, user.identity]]));
  });

  it('shows nothing to another tenant or another environment', async () => {
    const user = await add(MEMBER);
    const strangers = [aScope(), { ...scope, environmentId: newId() }, { ...scope, organizationId: newId() }];
    for (const stranger of strangers) {
      expect(await users.find(stranger, user.id)).toBeNull();
      expect(await users.findMany(stranger, [user.id])).toEqual([]);
      expect(await users.findMember(stranger, 'kim', 'verified')).toBeNull();
      expect(await users.list(stranger, { words: [], afterId: null, limit: 10 })).toEqual([]);
      expect(await users.update(stranger, user.id, (found) => ({ ...found, tags: ['seen'] }))).toBeNull();
      await users.remove(stranger, user.id);
    }
    expect(await users.find(scope, user.id)).toEqual(user);
  });

  it('shows an organization the users of all its environments', async () => {
    const user = await add();
    expect(await users.find({ organizationId: scope.organizationId }, user.id)).toEqual(user);
  });

  it('keeps one user per member id and identity, and answers the first to a second', async () => {
    const first = await add(MEMBER);
    const second = await add(MEMBER);
    const claimed = await add({ ...MEMBER, identity: 'claimed' });
    expect(second.id).toBe(first.id);
    expect(claimed.id).not.toBe(first.id);
    expect((await users.findMember(scope, 'kim', 'claimed'))?.id).toBe(claimed.id);
  });

  it('lets one of many at the same moment become the member', async () => {
    const found = await Promise.all(Array.from({ length: 8 }, () => add(MEMBER)));
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  });

  it('refuses to make a second user the same member', async () => {
    await add(MEMBER);
    const visitor = await add();
    const promotion = users.update(scope, visitor.id, (user) => ({ ...user, ...MEMBER }));
    await expect(promotion).rejects.toBeInstanceOf(MemberTaken);
  });

  it('loses no change of writers at the same moment', async () => {
    const user = await add();
    const tag = (name: string) =>
      users.update(scope, user.id, (found) => ({ ...found, tags: [...found.tags, name] }));
    await Promise.all(['a', 'b', 'c'].map(tag));
    expect((await users.find(scope, user.id))?.tags.sort()).toEqual(['a', 'b', 'c']);
  });

  it('keeps when a user was blocked, until it is let in again', async () => {
    const user = await add(named('Kim'));
    const blockedAt = new Date('2026-11-20T09:00:00.000Z');
    await users.update(scope, user.id, (found) => ({ ...found, blockedAt }));
    expect(await users.find(scope, user.id)).toEqual({ ...user, blockedAt });
    await users.update(scope, user.id, (found) => ({ ...found, blockedAt: null }));
    expect(await users.find(scope, user.id)).toEqual(user);
  });

  it('keeps where and with what a user was last, and that they agreed', async () => {
    const at = new Date(2_000);
    const page = { url: 'https://shop.example/cart', title: 'Cart', at };
    const device = { kind: 'mobile' as const, browser: 'Safari', os: 'iOS', lastSeenAt: at };
    const user = await add({ page, devices: [device] });
    expect(await users.find(scope, user.id)).toEqual(user);
    const changes = {
      page: { ...page, title: null },
      devices: [{ ...device, os: null }, device],
      consentedAt: at,
    };
    await users.update(scope, user.id, (found) => ({ ...found, ...changes }));
    expect(await users.find(scope, user.id)).toEqual({ ...user, ...changes });
  });

  it('leaves alone what a change of null leaves alone', async () => {
    const user = await add(named('Kim'));
    expect(await users.update(scope, user.id, () => null)).toEqual(user);
  });

  it('finds parts of words of any language, all of them, wherever they are', async () => {
    const minji = await add({
      ...named('김민지', { email: 'minji@shop.example', phone: '010-1234-5678' }),
      ...MEMBER,
    });
    await add(named('이서준', { email: 'seo@shop.example' }));
    expect(await idsFor('민지')).toEqual([minji.id]);
    expect(await idsFor('김')).toEqual([minji.id]);
    expect(await idsFor('inj')).toEqual([minji.id]);
    expect(await idsFor('2345')).toEqual([minji.id]);
    expect(await idsFor('01012345678')).toEqual([minji.id]);
    expect(await idsFor('shop', '민')).toEqual([minji.id]);
    expect(await idsFor('kim')).toEqual([minji.id]);
    expect(await idsFor('shop')).toHaveLength(2);
  });

  it('finds only what is written in a row, and takes signs as signs', async () => {
    await add(named('ab bc'));
    const user = await add(named('a.c*'));
    expect(await idsFor('abc')).toEqual([]);
    expect(await idsFor('a.c*')).toEqual([user.id]);
  });

  it('searches by the newest state', async () => {
    const user = await add(named('Old'));
    await users.update(scope, user.id, (found) => ({ ...found, ...named('New') }));
    expect(await idsFor('old')).toEqual([]);
    expect(await idsFor('new')).toEqual([user.id]);
  });

  it('lists the newest first, page by page', async () => {
    const [first, second, third] = [await add(), await add(), await add()];
    const page = await users.list(scope, { words: [], afterId: null, limit: 2 });
    expect(page.map(({ id }) => id)).toEqual([third.id, second.id]);
    const rest = await users.list(scope, { words: [], afterId: second.id, limit: 2 });
    expect(rest.map(({ id }) => id)).toEqual([first.id]);
  });

  it('moves the last sight forward only', async () => {
    const user = await add();
    await users.touchSeen(scope, user.id, new Date(5_000));
    await users.touchSeen(scope, user.id, new Date(4_000));
    expect((await users.find(scope, user.id))?.lastSeenAt).toEqual(new Date(5_000));
  });

  it('remembers an erasure once, also when it is begun twice', async () => {
    const user = await add();
    const erasure = anErasure(user);
    const begun = await users.beginErasure(scope, erasure);
    const again = await users.beginErasure(scope, { ...erasure, id: newId() });
    await users.finishErasure(scope, begun.id, { conversations: 1, messages: 2 }, null);
    expect(again.id).toBe(erasure.id);
    expect((await users.findErasure(scope, user.id))?.erased).toEqual({ conversations: 1, messages: 2 });
    expect(await users.findErasure(aScope(), user.id)).toBeNull();
  });

  it('gives an erasure to one at a time, until it is over', async () => {
    const { id } = await users.beginErasure(scope, anErasure(await add()));
    const claim = (now: number, of = scope) => users.claimErasure(of, id, new Date(now), 1_000);
    expect(await claim(1_000, aScope())).toBe(false);
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(1_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claim(1_999)).toBe(false);
    expect(await claim(2_000)).toBe(true);
    await users.giveBackErasure(aScope(), id);
    expect(await claim(2_001)).toBe(false);
    await users.giveBackErasure(scope, id);
    expect(await claim(2_002)).toBe(true);
    await users.finishErasure(scope, id, { conversations: 0, messages: 0 }, null);
    expect(await claim(9_000)).toBe(false);
  });

  it('names those who are erased, from the beginning of it', async () => {
    const [erased, other] = [await add(), await add()];
    const ids = [erased.id, other.id];
    expect(await users.listErased(scope, ids)).toEqual([]);
    const { id } = await users.beginErasure(scope, anErasure(erased));
    expect(await users.listErased(scope, ids)).toEqual([erased.id]);
    await users.finishErasure(scope, id, { conversations: 0, messages: 0 }, null);
    expect(await users.listErased(scope, ids)).toEqual([erased.id]);
    expect(await users.listErased(scope, [])).toEqual([]);
    expect(await users.listErased(aScope(), ids)).toEqual([]);
  });

  const anErasure = ({ id: userId }: User) => ({
    id: newId(),
    ...scope,
    userId,
    startedAt: new Date(2_000),
    erased: null,
    untold: null,
  });
  const anEvent = (type: UserEvent['type'], at: Date): UserEvent => ({
    id: newId(),
    type,
    at,
    by: { type: 'agent', id: newId(), name: 'Jiwoo' },
  });
  const EVER = 100_000;

  it('keeps what is to be told of a user until it has been told', async () => {
    const [created, updated] = [3_000, 4_000].map((at) => anEvent('user.created', new Date(at)));
    const user = await add({ events: [created!] });
    const changed = await users.update(scope, user.id, (found) => ({
      ...found,
      tags: ['vip'],
      events: [...found.events, updated!],
    }));
    expect(changed?.events).toEqual([created, updated]);
    const untold = async (before: number) =>
      (await users.listUntold(new Date(before), EVER)).filter(({ id }) => id === user.id);
    expect(await untold(2_999)).toEqual([]);
    expect(await untold(3_000)).toEqual([changed]);
    await users.completeEvents(aScope(), user.id, [created!.id, updated!.id]);
    await users.completeEvents(scope, user.id, [created!.id]);
    expect((await users.find(scope, user.id))?.events).toEqual([updated]);
    await users.completeEvents(scope, user.id, [updated!.id]);
    expect(await untold(9_000)).toEqual([]);
    expect((await users.find(scope, user.id))?.tags).toEqual(['vip']);
  });

  it('keeps that an erasure is over until it has been told', async () => {
    const user = await add();
    const { id } = await users.beginErasure(scope, anErasure(user));
    const untold = async (before: number) =>
      (await users.listUntoldErasures(new Date(before), EVER)).filter((one) => one.id === id);
    expect(await untold(9_000)).toEqual([]);
    const event = anEvent('user.erased', new Date(5_000));
    await users.finishErasure(scope, id, { conversations: 0, messages: 0 }, event);
    expect(await untold(4_999)).toEqual([]);
    expect(await untold(5_000)).toMatchObject([{ id, userId: user.id, untold: event }]);
    await users.completeErasure(aScope(), id);
    expect(await untold(5_000)).toHaveLength(1);
    await users.completeErasure(scope, id);
    expect(await untold(9_000)).toEqual([]);
    expect((await users.findErasure(scope, user.id))?.erased).toEqual({ conversations: 0, messages: 0 });
  });

  it('removes', async () => {
    const user = await add();
    await users.remove(scope, user.id);
    expect(await users.find(scope, user.id)).toBeNull();
  });
}
