import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import type { ConversationStatus } from '../../../contracts/chat.js';
import { gramsOf, escapeForRegExp, normalizeForSearch, queryGrams } from '../../../common/text/grams.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey } from '../../../infrastructure/mongo/upsert.js';
import { MANY, rarestGram } from '../../../infrastructure/mongo/rarest-gram.js';
import { SYSTEM, type ConversationEvent, type EventStamp, type Rating } from '../conversation-event.js';
import type { Conversation, ConversationFilter, LastMessage } from '../conversation.js';
import {
  ConversationRepository,
  type CombinedChange,
  type ConversationCursor,
  type ConversationDraft,
  type ConversationPatch,
  type Membership,
  type StatusChange,
  type SummaryChange,
  type TagChange,
  type Viewer,
} from '../conversation.repository.js';
import { CONVERSATIONS, toConversation, type ConversationDocument } from './conversation.schema.js';

type Filter = mongo.Filter<ConversationDocument>;
type Update = mongo.UpdateFilter<ConversationDocument> | mongo.Document[];

/** An event's own fields, as values or as expressions over the conversation. */
type Facts = { event: ConversationEvent['event'] } & Record<string, unknown>;

const STATUSES: ConversationStatus[] = ['open', 'pending', 'snoozed', 'resolved'];
/** Never from a secondary, which may be behind. */
const AUTHORITATIVE = { readPreference: 'primary' } as const;
const ONCE_CHANGED: Filter = { membersChangedAt: { $exists: true } };
const ARCHIVED_AT = { $ifNull: ['$archivedAt', null] };
const MENTIONED = { $ifNull: ['$mentionedIds', []] };
const LEFT = { $ifNull: ['$leftIds', []] };
const EVENTS = { $ifNull: ['$events', []] };
const NEWEST_ACTIVITY = { activityAt: -1, _id: -1 } as const;

@Injectable()
export class MongoConversationRepository extends ConversationRepository {
  constructor(@InjectModel(CONVERSATIONS) private readonly model: Model<ConversationDocument>) {
    super();
  }

  async create(
    scope: Scope,
    draft: ConversationDraft,
  ): Promise<{ conversation: Conversation; created: boolean }> {
    const document = toDocument(draft);
    try {
      await withDeadline(
        this.conversations.insertOne(document, { writeConcern: { w: 'majority', j: true } }),
      );
      return { conversation: toConversation(document), created: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return { conversation: await this.firstOf(scope, document), created: false };
    }
  }

  async find(scope: Scope, id: string): Promise<Conversation | null> {
    const found = await withDeadline(this.conversations.findOne({ _id: id, ...tenant(scope) }));
    return found && toConversation(found);
  }

  async findMany(scope: Scope | EveryTenant, ids: readonly string[]): Promise<Conversation[]> {
    const filter: Filter = { _id: { $in: [...ids] }, ...(scope === EVERY_TENANT ? {} : tenant(scope)) };
    return (await withDeadline(this.conversations.find(filter).toArray())).map(toConversation);
  }

  async list(
    scope: Scope,
    viewer: Viewer,
    filter: ConversationFilter,
    { limit, after }: { limit: number; after?: ConversationCursor },
  ): Promise<Conversation[]> {
    const common = [tenant(scope), matching(filter), ...(after ? [isAfter(after)] : [])];
    const rare = await this.rareGramOf(scope, viewer, filter);
    if (rare) {
      const few: Filter = { organizationId: scope.organizationId, search: rare };
      const searched = this.conversations
        .find({ ...few, $and: [...common, { $or: visibleTo(viewer, filter) }] })
        .sort(NEWEST_ACTIVITY)
        .hint('conversation_search');
      return (await withDeadline(searched.limit(limit).toArray())).map(toConversation);
    }
    // Each way of seeing it with all conditions of its own: the store then merges indexes instead of sorting.
    const ways = visibleTo(viewer, filter).map((way): Filter => ({ $and: [way, ...common] }));
    const found = this.conversations.find({ $or: ways }).sort(NEWEST_ACTIVITY).limit(limit).toArray();
    return (await withDeadline(found)).map(toConversation);
  }

  /** Nothing for what is common, which the newest say as well, nor for a user, whose own are few. */
  private async rareGramOf(
    { organizationId }: Scope,
    viewer: Viewer,
    { query }: ConversationFilter,
  ): Promise<string | null> {
    if (query === undefined || viewer.type === 'user') return null;
    const rarest = await rarestGram(this.conversations, organizationId, queryGrams(query));
    return rarest && rarest.count < MANY ? rarest.gram : null;
  }

  async listIdsOfUser(scope: Scope, userId: string): Promise<string[]> {
    const found = this.conversations
      .find({ ...tenant(scope), 'user.id': userId }, { projection: { _id: 1 } })
      .sort(NEWEST_ACTIVITY)
      .toArray();
    return (await withDeadline(found)).map(({ _id }) => _id);
  }

  async listTeamIds(scope: Scope, agentId: string): Promise<string[]> {
    const ways: Filter[] = [{ memberIds: agentId }, { visibility: 'public' }];
    const filter: Filter = { $or: ways.map((way) => ({ ...way, ...tenant(scope) })) };
    const found = this.conversations.find(filter, { projection: { _id: 1 } }).toArray();
    return (await withDeadline(found)).map(({ _id }) => _id);
  }

  async listOfUsers(scope: Scope, userIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
    const found = this.conversations
      .find({ ...tenant(scope), 'user.id': { $in: [...userIds] } }, { projection: { _id: 1, 'user.id': 1 } })
      .toArray();
    return (await withDeadline(found)).map(({ _id, user }) => ({ id: _id, userId: user?.id ?? '' }));
  }

  async listChangedSince(scope: Scope, since: Date, limit: number): Promise<Conversation[]> {
    const filter: Filter = { ...tenant(scope), updatedAt: { $gt: since } };
    const found = this.conversations.find(filter).sort({ updatedAt: -1 }).limit(limit).toArray();
    return (await withDeadline(found)).map(toConversation);
  }

  async applySummaries(changes: readonly SummaryChange[]): Promise<Set<string>> {
    if (changes.length === 0) return new Set();
    const updates = changes.map((change) => ({ updateOne: summaryUpdate(change) }));
    const written = this.conversations.bulkWrite(updates, { ordered: false, writeConcern: { w: 1 } });
    const { matchedCount } = await withDeadline(written);
    const ids = changes.map(({ conversationId }) => conversationId);
    return matchedCount === changes.length ? new Set() : this.missingAmong(ids);
  }

  patch(scope: Scope, id: string, patch: ConversationPatch, by: EventStamp): Promise<Conversation | null> {
    const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const name = $literal(patch.name);
    const renamed: Facts = { event: 'renamed', name, previousName: '$name' };
    const noted = patch.name === undefined ? {} : withEvent(by, { $ne: ['$name', name] }, renamed);
    // The searched text is made again from the fields as they are after this very update.
    return this.update(
      scope,
      id,
      [{ $set: { ...literals(set), updatedAt: by.at, ...noted } }],
      patch.subject !== undefined || patch.name !== undefined,
    );
  }

  assign(scope: Scope, id: string, agentId: string | null, by: EventStamp): Promise<Conversation | null> {
    return this.update(scope, id, [assigned(agentId, by)]);
  }

  assignTeam(scope: Scope, id: string, teamId: string | null, by: EventStamp): Promise<Conversation | null> {
    return this.update(scope, id, [givenToTeam(teamId, by)]);
  }

  async forgetTeam(scope: Scope, teamId: string): Promise<void> {
    const filter: Filter = { ...tenant(scope), kind: 'support', teamId };
    await withDeadline(this.conversations.updateMany(filter, { $set: { teamId: null } }));
  }

  async changeMany(scope: Scope, changes: readonly CombinedChange[]): Promise<Conversation[]> {
    if (changes.length === 0) return [];
    const updates = changes.map((change) => ({
      updateOne: { filter: { _id: change.id, ...tenant(scope) }, update: stagesOf(change) },
    }));
    await withDeadline(this.conversations.bulkWrite(updates, { ordered: false }));
    return this.findMany(
      scope,
      changes.map(({ id }) => id),
    );
  }

  archive(scope: Scope, id: string, isArchived: boolean, by: EventStamp): Promise<Conversation | null> {
    const isSo = isArchived ? { $ne: [ARCHIVED_AT, null] } : { $eq: [ARCHIVED_AT, null] };
    const event = isArchived ? 'archived' : 'unarchived';
    return this.update(scope, id, [
      {
        $set: {
          archivedAt: { $cond: [isSo, ARCHIVED_AT, isArchived ? by.at : null] },
          updatedAt: { $cond: [isSo, '$updatedAt', by.at] },
          ...withEvent(by, { $not: [isSo] }, { event }),
        },
      },
    ]);
  }

  setStatus(scope: Scope, id: string, change: StatusChange, by: EventStamp): Promise<Conversation | null> {
    return this.update(scope, id, [withStatus(change, by)]);
  }

  rate(scope: Scope, id: string, { score, comment }: Rating, by: EventStamp): Promise<Conversation | null> {
    const given = { score, comment: $literal(comment) };
    const rated = { score: '$rating.score', comment: '$rating.comment' };
    const isDifferent = { $or: [{ $ne: [rated.score, score] }, { $ne: [rated.comment, given.comment] }] };
    const noted = withEvent(by, isDifferent, { event: 'rated', ...given });
    return this.update(scope, id, [
      { $set: { rating: { ...given, ratedAt: by.at }, updatedAt: by.at, ...noted } },
    ]);
  }

  addMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null> {
    const given = $literal([...new Set(agentIds)]);
    const added = without(given, '$memberIds');
    return this.changeMembers(scope, id, by.at, {
      memberIds: { $concatArrays: ['$memberIds', added] },
      leftIds: without(LEFT, given),
      ...withEvent(by, { $ne: [added, []] }, { event: 'participants_added', agentIds: added }),
    });
  }

  removeMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null> {
    const given = $literal([...agentIds]);
    const removed = { $setIntersection: ['$memberIds', given] };
    return this.changeMembers(scope, id, by.at, {
      memberIds: without('$memberIds', given),
      leftIds: { $setUnion: [LEFT, removed] },
      ...withEvent(by, { $ne: [removed, []] }, { event: 'participants_removed', agentIds: removed }),
    });
  }

  async lastMembershipChange(): Promise<Date | null> {
    const last = this.conversations.find(ONCE_CHANGED, AUTHORITATIVE).sort({ membersChangedAt: -1 }).limit(1);
    return (await withDeadline(last.next()))?.membersChangedAt ?? null;
  }

  async listMembershipsSince(since: Date): Promise<Membership[]> {
    const changed = this.conversations.find({ membersChangedAt: { $gte: since } }, AUTHORITATIVE);
    return (await withDeadline(changed.sort({ membersChangedAt: 1 }).toArray())).map(toMembership);
  }

  async wakeOverdue(now: Date, limit: number): Promise<Conversation[]> {
    const overdue = await withDeadline(
      this.conversations
        .find({ status: 'snoozed', snoozedUntil: { $lte: now } })
        .limit(limit)
        .toArray(),
    );
    const woken = await Promise.all(overdue.map((document) => this.wake(document, now)));
    return woken.filter((conversation) => conversation !== null);
  }

  async listUnsaid(before: Date, limit: number): Promise<Conversation[]> {
    const found = this.conversations
      .find({ 'events.at': { $lte: before } })
      .limit(limit)
      .toArray();
    return (await withDeadline(found)).map(toConversation);
  }

  async completeEvents(scope: Scope, id: string, eventIds: readonly string[]): Promise<void> {
    const said = { $pull: { events: { id: { $in: [...eventIds] } } } };
    await withDeadline(this.conversations.updateOne({ _id: id, ...tenant(scope) }, said));
  }

  async renameUser(
    scope: Scope,
    userId: string,
    person: { name: string; avatarUrl: string | null },
  ): Promise<void> {
    const filter: Filter = { ...tenant(scope), 'user.id': userId };
    const affected = await withDeadline(this.conversations.find(filter).toArray());
    if (affected.length === 0) return;
    const updates = affected.map((document) => ({
      updateOne: {
        filter: { _id: document._id },
        update: {
          $set: {
            user: { id: userId, ...person },
            search: searchOf({ ...document, user: { id: userId, ...person } }),
          },
        },
      },
    }));
    await withDeadline(this.conversations.bulkWrite(updates, { ordered: false }));
  }

  async eraseOfUser(scope: Scope, userId: string): Promise<string[]> {
    const ids = await this.listIdsOfUser(scope, userId);
    await withDeadline(this.conversations.deleteMany({ _id: { $in: ids }, ...tenant(scope) }));
    return ids;
  }

  private async missingAmong(ids: readonly string[]): Promise<Set<string>> {
    const found = this.conversations.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
    const there = new Set((await withDeadline(found)).map(({ _id }) => _id));
    return new Set(ids.filter((id) => !there.has(id)));
  }

  private async firstOf(scope: Scope, document: ConversationDocument): Promise<Conversation> {
    const { organizationId, creatorKey, clientConversationId, directKey } = document;
    const either: Filter[] = [];
    if (clientConversationId !== undefined) either.push({ organizationId, creatorKey, clientConversationId });
    if (directKey !== undefined) either.push({ organizationId, directKey });
    const first = await withDeadline(this.conversations.findOne({ $or: either, ...tenant(scope) }));
    if (!first) throw new Error('A conversation broke a unique rule, but the first of it is not there');
    return toConversation(first);
  }

  /** Durable before it is answered: from then on somebody relies on being alone. */
  private async changeMembers(
    scope: Scope,
    id: string,
    now: Date,
    set: Record<string, unknown>,
  ): Promise<Conversation | null> {
    const numbered = { membersRev: { $add: [{ $ifNull: ['$membersRev', 0] }, 1] } };
    const changed = this.conversations.findOneAndUpdate(
      { _id: id, ...tenant(scope) },
      [{ $set: { ...set, ...numbered, membersChangedAt: '$$NOW', updatedAt: now } }],
      { returnDocument: 'after', writeConcern: { w: 'majority', j: true } },
    );
    const document = await withDeadline(changed);
    return document && toConversation(document);
  }

  private async update(
    scope: Scope,
    id: string,
    update: Update,
    changesSearch = false,
  ): Promise<Conversation | null> {
    const updated = await withDeadline(
      this.conversations.findOneAndUpdate(
        { _id: id, ...tenant(scope) },
        update as mongo.UpdateFilter<ConversationDocument>,
        {
          returnDocument: 'after',
        },
      ),
    );
    if (updated && changesSearch) {
      await withDeadline(this.conversations.updateOne({ _id: id }, { $set: { search: searchOf(updated) } }));
    }
    return updated && toConversation(updated);
  }

  private async wake(document: ConversationDocument, now: Date): Promise<Conversation | null> {
    const woken = await withDeadline(
      this.conversations.findOneAndUpdate(
        { _id: document._id, status: 'snoozed', snoozedUntil: { $lte: now } },
        [
          {
            $set: {
              status: 'open',
              snoozedUntil: null,
              activityAt: now,
              updatedAt: now,
              ...withEvent({ id: newId(), at: now, actor: SYSTEM }, true, statusChanged('open', null)),
            },
          },
        ],
        { returnDocument: 'after' },
      ),
    );
    return woken && toConversation(woken);
  }

  private get conversations(): mongo.Collection<ConversationDocument> {
    return this.model.collection as unknown as mongo.Collection<ConversationDocument>;
  }
}

function toDocument(draft: ConversationDraft): ConversationDocument {
  const { id, clientConversationId, directKey, events, rating: _, ...fields } = draft;
  const document: ConversationDocument = { _id: id, ...fields, statusSeq: 0, search: searchOf(draft) };
  if (events.length > 0) document.events = events;
  if (clientConversationId !== null) document.clientConversationId = clientConversationId;
  if (directKey !== null) document.directKey = directKey;
  return document;
}

function searchOf({ subject, name, user }: Pick<Conversation, 'subject' | 'name' | 'user'>): string[] {
  return gramsOf([subject, name, user?.name].filter(Boolean).join(' '));
}

/** In an update pipeline a bare string that begins with `$` would be read as a field. */
function literals(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { $literal: value }]));
}

export function tenant(scope: Scope): Filter {
  return scope.environmentId === undefined
    ? { organizationId: scope.organizationId }
    : { organizationId: scope.organizationId, environmentId: scope.environmentId };
}

/** The ways in which this viewer may see a conversation. */
function visibleTo(viewer: Viewer, filter: ConversationFilter): Filter[] {
  const { kind, status, archived, joined, mentioned } = filter;
  // Named one by one, all statuses are read from the same index in the order of activity.
  const support: Filter = { kind: 'support', status: status ?? { $in: STATUSES } };
  if (viewer.type === 'partner') return [support];
  if (viewer.type === 'user') return [{ ...support, 'user.id': viewer.id }];
  if (mentioned) return [mentioning(viewer.id, filter)];
  if (kind === 'support' || filter.teamId || filter.priority) return [support];
  // Null stands for absent too: those made before there was an archive.
  const kept: Filter = archived ? {} : { archivedAt: null };
  const mine: Filter = { memberIds: viewer.id, ...kept };
  const open: Filter = { visibility: 'public', ...kept };
  const others: Filter = { ...open, memberIds: { $ne: viewer.id } };
  const team = joined === undefined ? [mine, open] : [joined ? mine : others];
  return kind === undefined ? [support, ...team] : team;
}

/** By one index for all kinds, of which few are not seen. */
export function mentioning(agentId: string, { status }: Pick<ConversationFilter, 'status'>): Filter {
  return {
    mentionedIds: agentId,
    status: status ?? { $in: STATUSES },
    archivedAt: null,
    $or: [{ kind: 'support' }, { memberIds: agentId }, { visibility: 'public' }],
  };
}

function matching(filter: ConversationFilter): Filter {
  const conditions: Filter = {};
  if (filter.status) conditions.status = filter.status;
  if (filter.kind) conditions.kind = filter.kind;
  if (filter.unassigned) conditions.assigneeId = null;
  else if (filter.assigneeId) conditions.assigneeId = filter.assigneeId;
  if (filter.teamId) conditions.teamId = filter.teamId;
  if (filter.priority) conditions.priority = filter.priority;
  if (filter.tag) conditions.tags = filter.tag;
  if (filter.userId) conditions['user.id'] = filter.userId;
  if (filter.archived) conditions.archivedAt = { $type: 'date' };
  if (filter.query) Object.assign(conditions, containing(filter.query));
  return conditions;
}

/** Every word, wherever it stands. */
function containing(query: string): Filter {
  const words = normalizeForSearch(query).split(' ');
  return {
    $and: words.map((word): Filter => {
      const text = { $regex: escapeForRegExp(word), $options: 'i' };
      return { $or: [{ subject: text }, { name: text }, { 'user.name': text }] };
    }),
  };
}

/** Noted in the very write that makes the difference, and only then: nobody can do the one without the other. */
function withEvent(by: EventStamp, isDifferent: object | boolean, facts: Facts): { events: object } {
  const event = { $mergeObjects: [$literal(by), facts] };
  return { events: { $cond: [isDifferent, { $concatArrays: [EVENTS, [event]] }, EVENTS] } };
}

/** A stage sees what the ones before it have made of the conversation. */
function stagesOf({ tags, priority, team, assignee, status }: CombinedChange): mongo.Document[] {
  return [
    ...(tags ? [retagged(tags.change, tags.by)] : []),
    ...(priority ? [{ $set: { priority: priority.to, updatedAt: priority.by.at } }] : []),
    ...(team ? [givenToTeam(team.id, team.by)] : []),
    ...(assignee ? [assigned(assignee.id, assignee.by)] : []),
    ...(status ? [withStatus(status.change, status.by)] : []),
  ];
}

function retagged({ add, remove }: TagChange, by: EventStamp): mongo.Document {
  const kept = without('$tags', $literal([...remove]));
  const added = without($literal([...new Set(add)]), kept);
  return { $set: { tags: { $concatArrays: [kept, added] }, updatedAt: by.at } };
}

function givenToTeam(to: string | null, by: EventStamp): mongo.Document {
  const teamId = $literal(to);
  const isOther = { $ne: [{ $ifNull: ['$teamId', null] }, teamId] };
  return {
    $set: { teamId, updatedAt: by.at, ...withEvent(by, isOther, { event: 'team_assigned', teamId }) },
  };
}

function assigned(to: string | null, by: EventStamp): mongo.Document {
  const assigneeId = $literal(to);
  const noted = withEvent(by, { $ne: ['$assigneeId', assigneeId] }, { event: 'assigned', assigneeId });
  return { $set: { assigneeId, updatedAt: by.at, ...noted } };
}

function withStatus(change: StatusChange, by: EventStamp): mongo.Document {
  const { status, snoozedUntil: until } = change;
  return {
    $set: {
      ...literals({ ...change }),
      statusSeq: '$lastSeq',
      statusRev: '$lastRev',
      updatedAt: by.at,
      ...withEvent(by, { $ne: ['$status', status] }, statusChanged(status, until)),
    },
  };
}

function statusChanged(status: ConversationStatus, until: Date | null): Facts {
  return { event: 'status_changed', status, previousStatus: '$status', until };
}

function without(list: object | string, excluded: object | string): object {
  return { $filter: { input: list, cond: { $not: { $in: ['$$this', excluded] } } } };
}

/** Ids come from outside: one that looks like the name of a field is an id all the same. */
function $literal(value: unknown): object {
  return { $literal: value };
}

function toMembership(document: ConversationDocument): Membership {
  const { leftIds = [], membersChangedAt = document.updatedAt } = document;
  return { conversation: toConversation(document), leftIds, changedAt: membersChangedAt };
}

function isAfter({ activityAt, id }: ConversationCursor): Filter {
  return { activityAt: { $lte: activityAt }, $nor: [{ activityAt, _id: { $gte: id } }] };
}

/**
 * An older message never replaces a newer one, in whatever order two nodes come; what the user may know is
 * compared by itself, since a note may have overtaken it.
 */
function summaryUpdate(change: SummaryChange) {
  const { conversationId, lastSeq, lastAt, lastRev, activityAt } = change;
  const { lastMessage, lastPublicMessage, mentionedIds, answeredAt } = change;
  const set = {
    lastSeq: { $max: ['$lastSeq', lastSeq] },
    lastRev: { $max: ['$lastRev', lastRev] },
    updatedAt: { $max: ['$updatedAt', lastAt, timeOfChange(lastRev)] },
    activityAt: { $max: ['$activityAt', activityAt] },
    ...(mentionedIds.length > 0 && { mentionedIds: { $setUnion: [MENTIONED, $literal(mentionedIds)] } }),
    ...(answeredAt && { answeredAt: { $min: ['$answeredAt', answeredAt] } }),
    ...(lastMessage && { lastMessage: newerOf('$lastMessage', lastMessage) }),
    ...(lastPublicMessage && { lastPublicMessage: newerOf('$lastPublicMessage', lastPublicMessage) }),
    ...reopened(change),
  };
  return { filter: { _id: conversationId }, update: [{ $set: set }] };
}

function newerOf(field: `$${string}`, message: LastMessage): object {
  return either(isOlder(field, message), message, field);
}

/** A change has no time of its own; null when it is known already. */
function timeOfChange(lastRev: number): object | null {
  return lastRev > 0 ? { $cond: [{ $lt: ['$lastRev', lastRev] }, '$$NOW', null] } : null;
}

/** By number, and for the same message by its latest change: the summary never shows again what was edited away. */
function isOlder(field: `$${string}`, { seq, rev }: { seq: number; rev: number }): object {
  const shown = { seq: { $ifNull: [`${field}.seq`, 0] }, rev: { $ifNull: [`${field}.rev`, 0] } };
  const isChanged = { $and: [{ $eq: [shown.seq, seq] }, { $lt: [shown.rev, rev] }] };
  return { $or: [{ $lt: [shown.seq, seq] }, ...(rev > 0 ? [isChanged] : [])] };
}

/** Only by what was said, or let through, after the status was set: a repeated effect must not undo a later decision. */
function reopened({ reopenedBySeq, reopenedByRev, reopener }: SummaryChange): Record<string, unknown> {
  const isLater = [
    ...(reopenedBySeq === null ? [] : [{ $lt: ['$statusSeq', reopenedBySeq] }]),
    ...(reopenedByRev === null ? [] : [{ $lt: [{ $ifNull: ['$statusRev', 0] }, reopenedByRev] }]),
  ];
  if (isLater.length === 0) return {};
  const isClosed = { $in: ['$status', ['resolved', 'snoozed']] };
  const isReopened = { $and: [isClosed, { $or: isLater }] };
  return {
    status: either(isReopened, 'open', '$status'),
    resolvedAt: either(isReopened, null, '$resolvedAt'),
    snoozedUntil: either(isReopened, null, '$snoozedUntil'),
    ...(reopener && withEvent(reopener, isReopened, statusChanged('open', null))),
  };
}

function either(condition: object, value: unknown, field: `$${string}`): object {
  return { $cond: [condition, { $literal: value }, field] };
}
