import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { bigramsOf, escapeForRegExp, normalizeForSearch, queryBigrams } from '../../../common/text/bigrams.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import type { Conversation, ConversationFilter } from '../conversation.js';
import {
  ConversationRepository,
  type ConversationCursor,
  type ConversationDraft,
  type ConversationPatch,
  type StatusChange,
  type SummaryChange,
  type Viewer,
} from '../conversation.repository.js';
import { CONVERSATIONS, toConversation, type ConversationDocument } from './conversation.schema.js';

type Filter = mongo.Filter<ConversationDocument>;
type Update = mongo.UpdateFilter<ConversationDocument> | mongo.Document[];

const DUPLICATE_KEY = 11_000;
const NEWEST_ACTIVITY = { activityAt: -1, _id: -1 } as const;

@Injectable()
export class MongoConversationRepository extends ConversationRepository {
  constructor(@InjectModel(CONVERSATIONS) private readonly model: Model<ConversationDocument>) {
    super();
  }

  async create(scope: Scope, draft: ConversationDraft): Promise<{ conversation: Conversation; created: boolean }> {
    const document = toDocument(draft);
    try {
      await withDeadline(this.conversations.insertOne(document, { writeConcern: { w: 'majority', j: true } }));
      return { conversation: toConversation(document), created: true };
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
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
    const conditions = [tenant(scope), visibleTo(viewer, filter), matching(filter), ...(after ? [isAfter(after)] : [])];
    const query: Filter = { $and: conditions.filter((condition) => Object.keys(condition).length > 0) };
    const found = this.conversations.find(query).sort(NEWEST_ACTIVITY).limit(limit).toArray();
    return (await withDeadline(found)).map(toConversation);
  }

  async listIdsOfUser(scope: Scope, userId: string): Promise<string[]> {
    const found = this.conversations
      .find({ ...tenant(scope), 'user.id': userId }, { projection: { _id: 1 } })
      .sort(NEWEST_ACTIVITY)
      .toArray();
    return (await withDeadline(found)).map(({ _id }) => _id);
  }

  async listOfUsers(scope: Scope, userIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
    const found = this.conversations
      .find({ ...tenant(scope), 'user.id': { $in: [...userIds] } }, { projection: { _id: 1, 'user.id': 1 } })
      .toArray();
    return (await withDeadline(found)).map(({ _id, user }) => ({ id: _id, userId: user?.id ?? '' }));
  }

  async listChangedSince(scope: Scope, since: Date, limit: number): Promise<Conversation[]> {
    const filter: Filter = { ...tenant(scope), activityAt: { $gt: since } };
    const found = this.conversations.find(filter).sort(NEWEST_ACTIVITY).limit(limit).toArray();
    return (await withDeadline(found)).map(toConversation);
  }

  async applySummaries(changes: readonly SummaryChange[]): Promise<void> {
    if (changes.length === 0) return;
    const updates = [
      ...changes.map((change) => ({ updateOne: summaryUpdate(change) })),
      ...changes.filter(({ reopenedBySeq }) => reopenedBySeq !== null).map((change) => ({ updateOne: reopenUpdate(change) })),
    ];
    await withDeadline(this.conversations.bulkWrite(updates, { ordered: false, writeConcern: { w: 1 } }));
  }

  patch(scope: Scope, id: string, patch: ConversationPatch, now: Date): Promise<Conversation | null> {
    const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    // The searched text is made again from the fields as they are after this very update.
    return this.update(scope, id, [{ $set: { ...literals(set), updatedAt: now } }], patch.subject !== undefined);
  }

  assign(scope: Scope, id: string, agentId: string | null, now: Date): Promise<Conversation | null> {
    return this.update(scope, id, { $set: { assigneeId: agentId, updatedAt: now } });
  }

  setStatus(scope: Scope, id: string, change: StatusChange, now: Date): Promise<Conversation | null> {
    return this.update(scope, id, [{ $set: { ...literals({ ...change }), statusSeq: '$lastSeq', updatedAt: now } }]);
  }

  addMembers(scope: Scope, id: string, agentIds: readonly string[], now: Date): Promise<Conversation | null> {
    return this.update(scope, id, { $addToSet: { memberIds: { $each: [...agentIds] } }, $set: { updatedAt: now } });
  }

  removeMembers(scope: Scope, id: string, agentIds: readonly string[], now: Date): Promise<Conversation | null> {
    return this.update(scope, id, { $pullAll: { memberIds: [...agentIds] }, $set: { updatedAt: now } });
  }

  async wakeOverdue(now: Date, limit: number): Promise<Conversation[]> {
    const overdue = await withDeadline(
      this.conversations.find({ status: 'snoozed', snoozedUntil: { $lte: now } }).limit(limit).toArray(),
    );
    const woken = await Promise.all(overdue.map((document) => this.wake(document, now)));
    return woken.filter((conversation) => conversation !== null);
  }

  async renameUser(scope: Scope, userId: string, person: { name: string; avatarUrl: string | null }): Promise<void> {
    const filter: Filter = { ...tenant(scope), 'user.id': userId };
    const affected = await withDeadline(this.conversations.find(filter).toArray());
    if (affected.length === 0) return;
    const updates = affected.map((document) => ({
      updateOne: {
        filter: { _id: document._id },
        update: { $set: { user: { id: userId, ...person }, search: searchOf({ ...document, user: { id: userId, ...person } }) } },
      },
    }));
    await withDeadline(this.conversations.bulkWrite(updates, { ordered: false }));
  }

  async eraseOfUser(scope: Scope, userId: string): Promise<string[]> {
    const ids = await this.listIdsOfUser(scope, userId);
    await withDeadline(this.conversations.deleteMany({ _id: { $in: ids }, ...tenant(scope) }));
    return ids;
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

  private async update(scope: Scope, id: string, update: Update, changesSearch = false): Promise<Conversation | null> {
    const updated = await withDeadline(
      this.conversations.findOneAndUpdate({ _id: id, ...tenant(scope) }, update as mongo.UpdateFilter<ConversationDocument>, {
        returnDocument: 'after',
      }),
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
        { $set: { status: 'open', snoozedUntil: null, activityAt: now, updatedAt: now } },
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
  const { id, clientConversationId, directKey, ...fields } = draft;
  const document: ConversationDocument = { _id: id, ...fields, statusSeq: 0, search: searchOf(draft) };
  if (clientConversationId !== null) document.clientConversationId = clientConversationId;
  if (directKey !== null) document.directKey = directKey;
  return document;
}

function searchOf({ subject, name, user }: Pick<Conversation, 'subject' | 'name' | 'user'>): string[] {
  return bigramsOf([subject, name, user?.name].filter(Boolean).join(' '));
}

/** In an update pipeline a bare string that begins with `$` would be read as a field. */
function literals(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { $literal: value }]));
}

function tenant(scope: Scope): Filter {
  return scope.environmentId === undefined
    ? { organizationId: scope.organizationId }
    : { organizationId: scope.organizationId, environmentId: scope.environmentId };
}

function visibleTo(viewer: Viewer, { kind }: ConversationFilter): Filter {
  if (viewer.type === 'partner') return { kind: 'support' };
  if (viewer.type === 'user') return { kind: 'support', 'user.id': viewer.id };
  const own: Filter[] = [{ memberIds: viewer.id }, { visibility: 'public' }];
  if (kind === 'support') return {};
  return { $or: kind === undefined ? [{ kind: 'support' }, ...own] : own };
}

function matching(filter: ConversationFilter): Filter {
  const conditions: Filter = {};
  if (filter.status) conditions.status = filter.status;
  if (filter.kind) conditions.kind = filter.kind;
  if (filter.unassigned) conditions.assigneeId = null;
  else if (filter.assigneeId) conditions.assigneeId = filter.assigneeId;
  if (filter.tag) conditions.tags = filter.tag;
  if (filter.userId) conditions['user.id'] = filter.userId;
  if (filter.query) Object.assign(conditions, containing(filter.query));
  return conditions;
}

/** The index over bigrams narrows it down; the words themselves decide. */
function containing(query: string): Filter {
  const text = { $regex: escapeForRegExp(normalizeForSearch(query)), $options: 'i' };
  return { search: { $all: queryBigrams(query) }, $or: [{ subject: text }, { name: text }, { 'user.name': text }] };
}

function isAfter({ activityAt, id }: ConversationCursor): Filter {
  return { $or: [{ activityAt: { $lt: activityAt } }, { activityAt, _id: { $lt: id } }] };
}

/** An older message never replaces a newer one, in whatever order two nodes come. */
function summaryUpdate({ conversationId, lastMessage, lastPublicMessage }: SummaryChange) {
  return {
    filter: { _id: conversationId, lastSeq: { $lt: lastMessage.seq } },
    update: {
      $set: { lastSeq: lastMessage.seq, lastMessage, ...(lastPublicMessage && { lastPublicMessage }) },
      $max: { activityAt: lastMessage.createdAt, updatedAt: lastMessage.createdAt },
    },
  };
}

/** Only by what was said after the status was set: a repeated effect must not undo a later decision. */
function reopenUpdate({ conversationId, reopenedBySeq, lastMessage }: SummaryChange) {
  return {
    filter: {
      _id: conversationId,
      status: { $in: ['resolved' as const, 'snoozed' as const] },
      statusSeq: { $lt: reopenedBySeq ?? 0 },
    },
    update: {
      $set: { status: 'open' as const, resolvedAt: null, snoozedUntil: null },
      $max: { updatedAt: lastMessage.createdAt },
    },
  };
}
