import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import { Unavailable } from '../../../common/errors/common.errors.js';
import { escapeForRegExp, queryGrams } from '../../../common/text/grams.js';
import { rarestGram } from '../../../infrastructure/mongo/rarest-gram.js';
import { isDuplicateKey } from '../../../infrastructure/mongo/upsert.js';
import type { UserIdentity } from '../../../contracts/users.js';
import type { UserEvent } from '../user-event.js';
import type { ErasedContent } from '../ports.js';
import { searchGramsOf, searchTextOf } from '../user-search.js';
import { MemberTaken } from '../user.errors.js';
import { UserRepository, type Erasure, type UserSearch } from '../user.repository.js';
import type { MemberIdentity, User } from '../user.js';
import { ERASURES, USERS, type ErasureDocument, type UserDocument } from './user.schema.js';

const UPDATE_TRIES = 8;

@Injectable()
export class MongoUserRepository extends UserRepository {
  constructor(
    @InjectModel(USERS) private readonly users: Model<UserDocument>,
    @InjectModel(ERASURES) private readonly erasures: Model<ErasureDocument>,
  ) {
    super();
  }

  async insertOrFind(scope: EnvironmentScope, user: User): Promise<User> {
    try {
      await this.users.create(toDocument(user));
      return user;
    } catch (error) {
      if (!isDuplicateKey(error) || user.memberId === null) throw error;
      const first = await this.findMember(scope, user.memberId, user.identity as MemberIdentity);
      if (!first) throw error;
      return first;
    }
  }

  async find(scope: Scope, id: string): Promise<User | null> {
    return toUser(await this.users.findOne({ ...within(scope), _id: id }).lean());
  }

  async findInEnvironment(environmentId: string, id: string): Promise<User | null> {
    return toUser(await this.users.findOne({ _id: id, environmentId }).lean());
  }

  async findMany(scope: Scope, ids: readonly string[]): Promise<User[]> {
    const documents = await this.users.find({ ...within(scope), _id: { $in: [...ids] } }).lean();
    return documents.map(asUser);
  }

  async identitiesOf(ids: readonly string[]): Promise<Map<string, UserIdentity>> {
    const documents = await this.users.find({ _id: { $in: [...ids] } }, { identity: 1 }).lean();
    return new Map(documents.map(({ _id, identity }) => [_id, identity]));
  }

  async findMember(scope: Scope, memberId: string, identity: MemberIdentity): Promise<User | null> {
    return toUser(await this.users.findOne({ ...within(scope), memberId, identity }).lean());
  }

  async list(scope: Scope, { words, afterId, limit }: UserSearch): Promise<User[]> {
    const filter: QueryFilter<UserDocument> = { ...within(scope), ...matching(words) };
    if (afterId !== null) filter._id = { $lt: afterId };
    const found = this.users.find(filter).sort({ _id: -1 }).limit(limit).lean();
    const grams = queryGrams(words.join(' '));
    const rarest = await rarestGram(this.users.collection, scope.organizationId, grams);
    if (rarest) found.where({ search: rarest.gram }).hint('users_search');
    return (await found).map(asUser);
  }

  async update(scope: Scope, id: string, change: (user: User) => User | null): Promise<User | null> {
    for (let tries = 0; tries < UPDATE_TRIES; tries += 1) {
      const current = await this.users.findOne({ ...within(scope), _id: id }).lean();
      if (!current) return null;
      const changed = change(asUser(current));
      if (!changed) return asUser(current);
      if (await this.replace(current, changed)) return changed;
    }
    throw new Unavailable();
  }

  async touchSeen(scope: Scope, id: string, at: Date): Promise<void> {
    await this.users.updateOne({ ...within(scope), _id: id }, { $max: { lastSeenAt: at } });
  }

  async remove(scope: Scope, id: string): Promise<void> {
    await this.users.deleteOne({ ...within(scope), _id: id });
  }

  async findErasure(scope: Scope, userId: string): Promise<Erasure | null> {
    const found = await this.erasures.findOne({ ...within(scope), userId }).lean();
    return found ? asErasure(found) : null;
  }

  async listErased(scope: EnvironmentScope, userIds: readonly string[]): Promise<string[]> {
    const found = await this.erasures
      .find({ ...within(scope), userId: { $in: [...userIds] } }, { _id: 0, userId: 1 })
      .lean();
    return found.map(({ userId }) => userId);
  }

  async beginErasure(scope: EnvironmentScope, { id, ...rest }: Erasure): Promise<Erasure> {
    const found = await this.erasures
      .findOneAndUpdate(
        { ...within(scope), userId: rest.userId },
        { $setOnInsert: { _id: id, startedAt: rest.startedAt, erased: null } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean();
    return asErasure(found);
  }

  async claimErasure(scope: EnvironmentScope, id: string, now: Date, leaseMs: number): Promise<boolean> {
    const { modifiedCount } = await this.erasures.updateOne(
      { ...within(scope), _id: id, erased: null, leasedUntil: { $not: { $gt: now } } },
      { $set: { leasedUntil: new Date(now.getTime() + leaseMs) } },
    );
    return modifiedCount === 1;
  }

  async giveBackErasure(scope: EnvironmentScope, id: string): Promise<void> {
    await this.erasures.updateOne({ ...within(scope), _id: id }, { $unset: { leasedUntil: true } });
  }

  async finishErasure(
    scope: EnvironmentScope,
    id: string,
    erased: ErasedContent,
    untold: UserEvent | null,
  ): Promise<void> {
    const set = { erased, ...(untold && { untold }) };
    await this.erasures.updateOne(
      { ...within(scope), _id: id },
      { $set: set, $unset: { leasedUntil: true } },
    );
  }

  async listUntold(before: Date, limit: number): Promise<User[]> {
    const documents = await this.users
      .find({ 'events.at': { $lte: before } })
      .limit(limit)
      .lean();
    return documents.map(asUser);
  }

  async completeEvents(scope: EnvironmentScope, id: string, eventIds: readonly string[]): Promise<void> {
    // A change that was read before must not bring them back: its revision is an old one then.
    await this.users.updateOne(
      { ...within(scope), _id: id },
      { $pull: { events: { id: { $in: [...eventIds] } } }, $inc: { revision: 1 } },
    );
  }

  async listUntoldErasures(before: Date, limit: number): Promise<Erasure[]> {
    const found = await this.erasures
      .find({ 'untold.at': { $lte: before } })
      .limit(limit)
      .lean();
    return found.map(asErasure);
  }

  async completeErasure(scope: EnvironmentScope, id: string): Promise<void> {
    await this.erasures.updateOne({ ...within(scope), _id: id }, { $unset: { untold: true } });
  }

  /** False when somebody else has written meanwhile. `lastSeenAt` is left alone: it moves by itself. */
  private async replace(current: UserDocument, changed: User): Promise<boolean> {
    const { _id, revision } = current;
    const { memberId, identity, profile, tags, language, blockedAt, consentedAt, page, devices } = changed;
    const searchText = searchTextOf(changed);
    const search = searchGramsOf(searchText);
    const noted = changed.events.length > 0 ? { events: changed.events } : {};
    const told = { identity, profile, tags, language, blockedAt, consentedAt };
    const fields = { ...told, page, devices, searchText, search, ...noted };
    const set = memberId === null ? fields : { ...fields, memberId };
    try {
      const result = await this.users.updateOne({ _id, revision }, { $set: set, $inc: { revision: 1 } });
      return result.matchedCount === 1;
    } catch (error) {
      throw isDuplicateKey(error) ? new MemberTaken() : error;
    }
  }
}

function within({ organizationId, environmentId }: Scope): {
  organizationId: string;
  environmentId?: string;
} {
  return environmentId === undefined ? { organizationId } : { organizationId, environmentId };
}

/** The index narrows by a few characters; the text decides. */
function matching(words: readonly string[]): QueryFilter<UserDocument> {
  if (words.length === 0) return {};
  return { $and: words.map((word) => ({ searchText: { $regex: escapeForRegExp(word) } })) };
}

function toDocument({ id, memberId, events, ...user }: User): UserDocument {
  const searchText = searchTextOf({ id, memberId, events, ...user });
  const noted = events.length > 0 ? { events } : {};
  const search = searchGramsOf(searchText);
  const document = { ...user, ...noted, _id: id, searchText, search, revision: 0 };
  return memberId === null ? document : { ...document, memberId };
}

function toUser(document: UserDocument | null): User | null {
  return document && asUser(document);
}

function asUser(document: UserDocument): User {
  return {
    id: document._id,
    organizationId: document.organizationId,
    environmentId: document.environmentId,
    memberId: document.memberId ?? null,
    identity: document.identity,
    profile: document.profile,
    tags: document.tags,
    language: document.language ?? null,
    lastSeenAt: document.lastSeenAt ?? null,
    blockedAt: document.blockedAt ?? null,
    consentedAt: document.consentedAt ?? null,
    page: document.page ?? null,
    devices: document.devices ?? [],
    createdAt: document.createdAt,
    events: document.events ?? [],
  };
}

function asErasure({
  _id,
  organizationId,
  environmentId,
  userId,
  startedAt,
  erased,
  untold,
}: ErasureDocument): Erasure {
  return {
    id: _id,
    organizationId,
    environmentId,
    userId,
    startedAt,
    erased: erased ?? null,
    untold: untold ?? null,
  };
}
