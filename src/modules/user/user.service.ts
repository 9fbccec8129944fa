import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { performerOf } from '../../common/access/performer.js';
import type { EnvironmentScope, Principal, Scope, UserPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { toPage } from '../../common/http/page.js';
import { newId } from '../../common/ids.js';
import type { Page } from '../../contracts/common.js';
import type { UserIdentity, UserView } from '../../contracts/users.js';
import type { WebhookPerformer } from '../../contracts/webhooks.js';
import { OutwardUsers } from './outward-users.js';
import type { UserEvent } from './user-event.js';
import { applyChanges, isSameUser, isSeenAlike, newUser, type UserChanges } from './user-changes.js';
import { deviceOf } from './user-sight.js';
import { UserViews } from './user-views.js';
import { wordsOf } from './user-search.js';
import { MemberTaken, UserNotFound } from './user.errors.js';
import './user.events.js';
import { UserRepository } from './user.repository.js';
import {
  displayNameOf,
  nameOfUser,
  scopeOfUser,
  type MemberIdentity,
  type User,
  type UserName,
} from './user.js';

/** What a page says of its visitor when the widget starts. */
export interface UserInit extends Pick<UserChanges, 'profile' | 'language' | 'addTags' | 'page'> {
  userAgent?: string;
}

export interface Identification extends UserInit {
  memberId: string;
  identity: MemberIdentity;
  /** Who the visitor was until now; an anonymous one becomes the member when there is none yet. */
  visitor?: User | null;
}

export interface UserListing {
  query?: string;
  limit: number;
  cursor?: string;
}

interface Caller {
  principal: UserPrincipal;
  isBlocked: boolean;
  hasConsented: boolean;
}

const SEEN_INTERVAL_MS = 60_000;

@Injectable()
export class UserService {
  /** Every request asks who is calling; an erasure is felt on other nodes when this forgets. */
  private readonly callers = new FreshCache<Caller>(20_000);
  private readonly seenLately = new LRUCache<string, true>({ max: 50_000, ttl: SEEN_INTERVAL_MS });

  constructor(
    private readonly users: UserRepository,
    private readonly views: UserViews,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly outward: OutwardUsers,
  ) {}

  createAnonymous(scope: EnvironmentScope, init: UserInit): Promise<User> {
    return this.add(scope, { identity: 'anonymous', memberId: null }, init, null);
  }

  /** The user behind a visitor token; null when it is gone. */
  findForBoot(scope: EnvironmentScope, userId: string): Promise<User | null> {
    return this.users.find(scope, userId);
  }

  /**
   * The one user with this member id at this level. Claimed and verified never share a user: whoever merely says
   * to be somebody gets nothing of what the proven one has.
   */
  async identify(scope: EnvironmentScope, who: Identification, by: Principal | null = null): Promise<User> {
    const known = await this.users.findMember(scope, who.memberId, who.identity);
    const user = known ?? (await this.becomeMember(scope, who, by));
    return this.change(scope, user, changesOf(who), by);
  }

  /** Who comes back. Throws UserNotFound. */
  welcomeBack(scope: EnvironmentScope, user: User, init: UserInit): Promise<User> {
    return this.change(scope, user, changesOf(init), null);
  }

  find(scope: Scope, userId: string): Promise<User | null> {
    return this.users.find(scope, userId);
  }

  /** Throws UserNotFound. */
  async get(scope: Scope, userId: string): Promise<User> {
    const user = await this.users.find(scope, userId);
    if (!user) throw new UserNotFound();
    return user;
  }

  /** For the company itself: whom it has proven, else who claims to be that member. */
  async findByMember(scope: Scope, memberId: string): Promise<User | null> {
    const verified = await this.users.findMember(scope, memberId, 'verified');
    return verified ?? this.users.findMember(scope, memberId, 'claimed');
  }

  /** The company's own word is the proof: the user is verified. */
  async upsertByMember(
    scope: EnvironmentScope,
    memberId: string,
    changes: UserChanges,
    by: Principal,
  ): Promise<User> {
    const user = await this.identify(scope, { memberId, identity: 'verified' }, by);
    return this.change(scope, user, changes, by);
  }

  /** Throws UserNotFound. */
  async update(scope: Scope, userId: string, changes: UserChanges, by: Principal): Promise<User> {
    return this.change(scope, await this.get(scope, userId), changes, by);
  }

  async list(scope: Scope, { query, ...page }: UserListing): Promise<Page<UserView>> {
    const search = { words: wordsOf(query ?? ''), afterId: afterIdOf(page), limit: page.limit + 1 };
    const found = await this.users.list(scope, search);
    const { items, nextCursor } = toPage(found, page.limit, (user) => [user.id]);
    return { items: await this.views.of(scope, items), nextCursor };
  }

  async view(scope: Scope, user: User): Promise<UserView> {
    const [view] = await this.views.of(scope, [user]);
    if (!view) throw new UserNotFound();
    return view;
  }

  async namesOf(scope: Scope, ids: readonly string[]): Promise<Map<string, UserName>> {
    if (ids.length === 0) return new Map();
    const users = await this.users.findMany(scope, [...new Set(ids)]);
    return new Map(users.map((user) => [user.id, nameOfUser(user)]));
  }

  /** As they are now; who was erased is left out. */
  identitiesOf(ids: readonly string[]): Promise<Map<string, UserIdentity>> {
    return this.users.identitiesOf(ids);
  }

  /** Null when erased. */
  async findPrincipal(environmentId: string, userId: string): Promise<UserPrincipal | null> {
    return (await this.callerOf(environmentId, userId))?.principal ?? null;
  }

  /** Up to five seconds old on the nodes that did not do it. Whoever is gone is not blocked. */
  async isBlocked(environmentId: string, userId: string): Promise<boolean> {
    return (await this.callerOf(environmentId, userId))?.isBlocked ?? false;
  }

  /** Only a yes is taken from memory: whoever has just agreed, on whatever node, is not refused by it. */
  async hasConsented(environmentId: string, userId: string): Promise<boolean> {
    if ((await this.callerOf(environmentId, userId))?.hasConsented) return true;
    this.forgetPrincipal(environmentId, userId);
    return (await this.callerOf(environmentId, userId))?.hasConsented ?? false;
  }

  /** Repeated, it changes nothing. Throws UserNotFound. */
  async setBlocked(scope: Scope, userId: string, isBlocked: boolean, by: Principal): Promise<User> {
    return this.changeNoted(scope, await this.get(scope, userId), by, (current) =>
      (current.blockedAt !== null) === isBlocked
        ? null
        : { ...current, blockedAt: isBlocked ? this.clock.now() : null },
    );
  }

  /** At most one write per user and minute: `lastSeenAt` is for people to read. */
  async touchSeen(scope: Scope, userId: string): Promise<void> {
    if (this.seenLately.has(userId)) return;
    this.seenLately.set(userId, true);
    await this.users.touchSeen(scope, userId, this.clock.now());
  }

  /** Called when the user is on its way out: no longer a caller on this node. */
  forgetPrincipal(environmentId: string, userId: string): void {
    this.callers.forget(`${environmentId}:${userId}`);
  }

  private callerOf(environmentId: string, userId: string): Promise<Caller | null> {
    return this.callers.get(`${environmentId}:${userId}`, async () => {
      const user = await this.users.findInEnvironment(environmentId, userId);
      return user && toCaller(user);
    });
  }

  private async becomeMember(
    scope: EnvironmentScope,
    who: Identification,
    by: Principal | null,
  ): Promise<User> {
    const { memberId, identity, visitor } = who;
    const promoted = visitor?.identity === 'anonymous' ? await this.promote(scope, visitor, who) : null;
    return promoted ?? this.add(scope, { identity, memberId }, who, by);
  }

  private async add(
    scope: EnvironmentScope,
    who: Pick<User, 'identity' | 'memberId'>,
    init: UserInit,
    by: Principal | null,
  ): Promise<User> {
    const now = this.clock.now();
    const user = applyChanges(newUser(scope, { id: newId(), createdAt: now, ...who }), changesOf(init), now);
    const event = await this.outward.note(scope.environmentId, 'user.created', performerFor(user, by));
    const stored = await this.users.insertOrFind(scope, withEvent(user, event));
    if (stored.id === user.id) await this.outward.tell(stored);
    return stored;
  }

  /** The visitor keeps its conversations. Null when it is no longer anonymous or somebody else became the member. */
  private async promote(
    scope: EnvironmentScope,
    visitor: User,
    { memberId, identity }: Identification,
  ): Promise<User | null> {
    const { id } = visitor;
    const event = await this.outward.note(scope.environmentId, 'user.updated', performerFor(visitor, null));
    try {
      const user = await this.users.update(scope, id, (current) =>
        current.identity === 'anonymous' ? withEvent({ ...current, memberId, identity }, event) : null,
      );
      if (user?.memberId !== memberId || user.identity !== identity) return null;
      this.forgetPrincipal(scope.environmentId, id);
      this.events.publish('user.promoted', { scope, userId: id });
      await this.outward.tell(user);
      return user;
    } catch (error) {
      if (error instanceof MemberTaken) return null;
      throw error;
    }
  }

  private change(scope: Scope, known: User, changes: UserChanges, by: Principal | null): Promise<User> {
    return this.changeNoted(scope, known, by, (current) => {
      const next = applyChanges(current, changes, this.clock.now());
      return isSameUser(current, next) && isSeenAlike(current, next) ? null : next;
    });
  }

  /** Throws UserNotFound. A null of `decide` leaves the user as it is. */
  private async changeNoted(
    scope: Scope,
    known: User,
    by: Principal | null,
    decide: (current: User) => User | null,
  ): Promise<User> {
    const event = await this.outward.note(known.environmentId, 'user.updated', performerFor(known, by));
    let isTold = false;
    const user = await this.users.update(scope, known.id, (current) => {
      const next = decide(current);
      isTold = next !== null && !isSameUser(current, next);
      return next && withEvent(next, isTold ? event : null);
    });
    if (!user) throw new UserNotFound();
    if (isTold) await this.tell(user);
    return user;
  }

  private async tell(user: User): Promise<void> {
    const scope = scopeOfUser(user);
    this.forgetPrincipal(scope.environmentId, user.id);
    this.events.publish('user.updated', { scope, user: await this.view(scope, user) });
    await this.outward.tell(user);
  }
}

/** Nobody else: themselves. */
function performerFor(user: User, by: Principal | null): WebhookPerformer {
  return performerOf(by ?? { type: 'user', id: user.id, name: displayNameOf(user) });
}

function changesOf({ profile, language, addTags, page, userAgent }: UserInit): UserChanges {
  const device = userAgent === undefined ? undefined : deviceOf(userAgent);
  return { profile, language, addTags, page, device };
}

function withEvent(user: User, event: UserEvent | null): User {
  return event ? { ...user, events: [...user.events, event] } : user;
}

function toCaller(user: User): Caller {
  const { blockedAt, consentedAt } = user;
  return {
    principal: principalOfUser(user),
    isBlocked: blockedAt !== null,
    hasConsented: consentedAt !== null,
  };
}

function principalOfUser(user: User): UserPrincipal {
  return {
    type: 'user',
    id: user.id,
    organizationId: user.organizationId,
    environmentId: user.environmentId,
    identity: user.identity,
    name: displayNameOf(user),
    avatarUrl: user.profile.avatarUrl,
  };
}
