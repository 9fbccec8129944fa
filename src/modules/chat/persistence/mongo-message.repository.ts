import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import { reached } from '../../../common/steps.js';
import type { BacklogState } from '../../../infrastructure/queue/backlog.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { sentAs } from '../attachment.js';
import type {
  DoneTask,
  Message,
  MessageDraft,
  MessageVersion,
  OutboxEntry,
  OutboxIntent,
  OutboxTask,
  ThreadSummary,
} from '../message.js';
import {
  MessageRepository,
  type Appended,
  type Changed,
  type ChangeRule,
  type Head,
  type PageBounds,
  type PinBounds,
  type ReadPosition,
  type Side,
  type SyncDelta,
  type SyncFrom,
} from '../message.repository.js';
import type { Sight } from '../message-sight.js';
import { AppendQueue } from './append-queue.js';
import { ChangeQueue } from './change-queue.js';
import { MESSAGES, toMessage, type MessageDocument } from './message.schema.js';

type Filter = mongo.Filter<MessageDocument>;

/** What was never held has no such mark. */
const NOT_HELD = { held: { $ne: true } };
const NEWEST_FIRST = { seq: -1 } as const;
const OLDEST_FIRST = { seq: 1 } as const;
/** Without what grows with a message's changes and is shown nowhere. */
const SHOWN = { revs: 0, versions: 0, toldIds: 0 } as const;
const LONGEST_LEASE_MS = 5 * 60_000;
const IS_OF_CONVERSATION = { $eq: ['$conversationId', '$$id'] };

@Injectable()
export class MongoMessageRepository extends MessageRepository {
  private readonly appends: AppendQueue;
  private readonly changes: ChangeQueue;

  constructor(@InjectModel(MESSAGES) private readonly model: Model<MessageDocument>) {
    super();
    this.appends = new AppendQueue(this.messages);
    this.changes = new ChangeQueue(this.messages);
  }

  append(_scope: Scope, draft: MessageDraft): Promise<Appended> {
    return this.appends.append(draft);
  }

  change(
    scope: Scope,
    conversationId: string,
    messageId: string,
    rule: ChangeRule,
    outbox: readonly OutboxIntent[],
  ): Promise<Changed | null> {
    const filter = { _id: messageId, conversationId, ...tenant(scope) };
    return this.changes.change({ conversationId, filter, rule, outbox });
  }

  find(scope: Scope, conversationId: string, messageId: string): Promise<Message | null> {
    return this.findOne({ _id: messageId, conversationId, ...tenant(scope) });
  }

  findByFiles(scope: Scope, conversationId: string, attachmentKey: string): Promise<Message | null> {
    const sent = sentAs(attachmentKey);
    const isIt: Filter = 'id' in sent ? { _id: sent.id } : sent;
    return this.findOne({ ...isIt, conversationId, ...tenant(scope) });
  }

  async findMany(scope: Scope | EveryTenant, messageIds: readonly string[]): Promise<Message[]> {
    const filter: Filter = { _id: { $in: [...messageIds] }, ...tenant(scope) };
    return (await withDeadline(this.messages.find(filter).toArray())).map(toMessage);
  }

  async versions(scope: Scope, conversationId: string, messageId: string): Promise<MessageVersion[] | null> {
    const filter = { _id: messageId, conversationId, ...tenant(scope) };
    const found = await withDeadline(this.messages.findOne(filter, { projection: { _id: 0, versions: 1 } }));
    return found && (found.versions ?? []);
  }

  async claimMentions(
    scope: Scope,
    conversationId: string,
    messageId: string,
    agentIds: readonly string[],
  ): Promise<string[]> {
    const isNews = { toldIds: { $not: { $all: [...agentIds] } } };
    const before = await withDeadline(
      this.messages.findOneAndUpdate(
        { _id: messageId, conversationId, ...tenant(scope), ...isNews },
        { $addToSet: { toldIds: { $each: [...agentIds] } } },
        { projection: { toldIds: 1 }, returnDocument: 'before' },
      ),
    );
    return before ? agentIds.filter((id) => !before.toldIds?.includes(id)) : [];
  }

  async page(
    scope: Scope,
    conversationId: string,
    { beforeSeq, afterSeq, threadRootId, limit, ...sight }: PageBounds & Sight,
  ): Promise<Message[]> {
    const seq = {
      ...(beforeSeq !== undefined && { $lt: beforeSeq }),
      ...(afterSeq !== undefined && { $gt: afterSeq }),
    };
    const filter: Filter = { conversationId, ...tenant(scope), ...visible(sight) };
    if (Object.keys(seq).length > 0) filter.seq = seq;
    if (threadRootId !== undefined) filter.threadRootId = threadRootId;
    const isForward = afterSeq !== undefined;
    const found = await withDeadline(
      this.messages
        .find(filter, { projection: SHOWN })
        .sort(isForward ? OLDEST_FIRST : NEWEST_FIRST)
        .limit(limit)
        // At once: of itself, the store gives a hundred and has to be asked for the rest.
        .batchSize(limit)
        .toArray(),
    );
    return (isForward ? found : found.reverse()).map(toMessage);
  }

  async listPinned(
    scope: Scope,
    conversationId: string,
    { beforeSeq, limit, seesPrivate }: PinBounds,
  ): Promise<Message[]> {
    // What is held cannot be pinned.
    const sight = visible({ seesPrivate, seesHeld: true });
    const filter: Filter = { conversationId, pinned: true, ...tenant(scope), ...sight };
    if (beforeSeq !== undefined) filter.seq = { $lt: beforeSeq };
    const found = await withDeadline(
      this.messages.find(filter, { projection: SHOWN }).sort(NEWEST_FIRST).limit(limit).toArray(),
    );
    return found.map(toMessage);
  }

  async countReplies(scope: Scope, root: Message): Promise<ThreadSummary | null> {
    const { conversationId, id: threadRootId, private: isPrivate } = root;
    const shown = { deletedAt: null, private: isPrivate, ...NOT_HELD };
    const replies = { conversationId, threadRootId, ...shown, ...tenant(scope) };
    const counted = {
      _id: null,
      replyCount: { $sum: 1 },
      lastReplyAt: { $last: '$createdAt' },
      lastReplySeq: { $last: '$seq' },
    };
    const [row] = await withDeadline(
      this.messages
        .aggregate<ThreadSummary>([{ $match: replies }, { $sort: OLDEST_FIRST }, { $group: counted }])
        .toArray(),
    );
    if (!row) return null;
    const { replyCount, lastReplyAt, lastReplySeq } = row;
    return { replyCount, lastReplyAt, lastReplySeq };
  }

  async heads(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Map<string, Head>> {
    const rows = await this.perConversation<{ seq: HeadRow[]; rev: HeadRow[] }>(
      conversationIds.map((conversationId) => ({ conversationId })),
      [headLookup(scope, 'seq'), headLookup(scope, 'rev')],
    );
    return new Map(
      rows.map((row) => [
        row.conversationId,
        { headSeq: row.seq[0]?.value ?? 0, headRev: row.rev[0]?.value ?? 0 },
      ]),
    );
  }

  async deltas(
    scope: Scope,
    from: readonly SyncFrom[],
    { limit, ...sight }: { limit: number } & Sight,
  ): Promise<Map<string, SyncDelta>> {
    const rows = await this.perConversation<DeltaRow>(from, [
      headLookup(scope, 'seq'),
      headLookup(scope, 'rev'),
      afterLookup(scope, 'messages', 'seq', '$afterSeq', limit, visible(sight)),
      afterLookup(scope, 'changes', 'rev', '$afterRev', limit, visible(sight)),
    ]);
    return new Map(rows.map((row) => [row.conversationId, toDelta(row)]));
  }

  async countUnread(
    scope: Scope,
    positions: readonly ReadPosition[],
    { cap, seesPrivate }: { cap: number; seesPrivate: boolean },
  ): Promise<Map<string, number>> {
    const rows = await this.perConversation<{ unread: unknown[] }>(positions, [
      unreadLookup(scope, cap, seesPrivate),
    ]);
    return new Map(rows.map((row) => [row.conversationId, row.unread.length]));
  }

  async listUnread(
    scope: Scope,
    { conversationId, afterSeq, senderKey }: ReadPosition,
    { limit, seesPrivate }: { limit: number; seesPrivate: boolean },
  ): Promise<Message[]> {
    const filter: Filter = {
      conversationId,
      seq: { $gt: afterSeq },
      senderKey: { $ne: senderKey },
      ...tenant(scope),
      ...countable(seesPrivate),
    };
    const found = await withDeadline(this.messages.find(filter).sort(NEWEST_FIRST).limit(limit).toArray());
    return found.reverse().map(toMessage);
  }

  /** Ids are in the order of time. */
  async listHeld(
    scope: Scope,
    { beforeId, limit }: { beforeId: string | null; limit: number },
  ): Promise<Message[]> {
    const filter: Filter = { held: true, deletedAt: null, ...tenant(scope) };
    if (beforeId !== null) filter._id = { $lt: beforeId };
    const found = this.messages.find(filter, { projection: SHOWN }).sort({ _id: -1 }).limit(limit);
    return (await withDeadline(found.toArray())).map(toMessage);
  }

  /** All of the same tasks and number in one update: the usual batch is the fan-out of new messages. */
  async completeTasks(done: readonly DoneTask[]): Promise<number> {
    if (done.length === 0) return 0;
    const updates = alike(done).map(({ messageIds, tasks, rev }) => ({
      updateMany: {
        filter: { _id: { $in: messageIds } },
        update: { $pull: { outbox: { task: { $in: tasks }, rev: { $lte: rev } } } },
      },
    }));
    const written = this.messages.bulkWrite(updates, { ordered: false, writeConcern: { w: 1 } });
    return (await withDeadline(written)).matchedCount;
  }

  async completeTaskUpTo(
    scope: Scope,
    conversationId: string,
    upToSeq: number,
    task: OutboxTask,
    saidBy: Side,
  ): Promise<void> {
    const sender =
      saidBy === 'user' ? { 'sender.type': 'user' as const } : { 'sender.type': { $ne: 'user' as const } };
    const filter = {
      conversationId,
      seq: { $lte: upToSeq },
      'outbox.task': task,
      ...tenant(scope),
      ...sender,
    };
    await withDeadline(this.messages.updateMany(filter, { $pull: { outbox: { task } } }));
  }

  /**
   * Found in the order of the index, the longest overdue first (a sort would read all of them), then leased where it
   * is still due: of two nodes that found the same, one gets each.
   */
  async claimOverdue(now: Date, leaseMs: number, limit: number): Promise<OutboxEntry[]> {
    const overdue = await withDeadline(
      this.messages
        .find({ 'outbox.due': { $lte: now } }, { projection: { _id: 1 } })
        .limit(limit)
        .toArray(),
    );
    if (overdue.length === 0) return [];
    reached('relay.1-found');
    const claim = newId();
    const filter: Filter = { _id: { $in: overdue.map(({ _id }) => _id) }, 'outbox.due': { $lte: now } };
    await withDeadline(this.messages.updateMany(filter, [{ $set: { outbox: leased(now, leaseMs, claim) } }]));
    return this.claimed(filter, claim);
  }

  private async claimed({ _id }: Filter, claim: string): Promise<OutboxEntry[]> {
    const found = await withDeadline(this.messages.find({ _id, 'outbox.claim': claim }).toArray());
    return found.flatMap((document) =>
      (document.outbox ?? [])
        .filter((mark) => mark.claim === claim)
        .map(({ task, rev, by }) => ({ message: toMessage(document), task, rev, ...(by && { by }) })),
    );
  }

  /** Two looks at the index of marks, in whose order the longest overdue comes first, as in claimOverdue. */
  async overdue(now: Date, limit: number): Promise<BacklogState> {
    const filter: Filter = { 'outbox.due': { $lte: now } };
    const [overdue, first] = await Promise.all([
      withDeadline(this.messages.countDocuments(filter, { limit })),
      withDeadline(this.messages.findOne(filter, { projection: { outbox: 1 } })),
    ]);
    const dues = first?.outbox?.map(({ due }) => due.getTime()) ?? [];
    return { overdue, since: dues.length > 0 ? new Date(Math.min(...dues)) : null };
  }

  async eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<number> {
    const result = await this.messages.deleteMany({
      conversationId: { $in: [...conversationIds] },
      ...tenant(scope),
    });
    return result.deletedCount;
  }

  private async findOne(filter: Filter): Promise<Message | null> {
    const found = await withDeadline(this.messages.findOne(filter, { projection: SHOWN }));
    return found && toMessage(found);
  }

  private get messages(): mongo.Collection<MessageDocument> {
    return this.model.collection as unknown as mongo.Collection<MessageDocument>;
  }

  /** Joins given points with the messages of each: one round trip, each part bounded by its own limit. */
  private async perConversation<Row>(
    points: readonly { conversationId: string }[],
    lookups: object[],
  ): Promise<(Row & { conversationId: string })[]> {
    if (points.length === 0) return [];
    const db = this.model.db.db as mongo.Db;
    const rows = db.aggregate([{ $documents: points }, ...lookups]).toArray();
    return (await withDeadline(rows)) as (Row & { conversationId: string })[];
  }
}

interface HeadRow {
  value: number;
}

interface DeltaRow {
  seq: HeadRow[];
  rev: HeadRow[];
  messages: MessageDocument[];
  changes: MessageDocument[];
}

/** Each message is written once for all that was done for it. */
function alike(done: readonly DoneTask[]): { messageIds: string[]; tasks: OutboxTask[]; rev: number }[] {
  const ofMessages = Map.groupBy(done, ({ messageId, rev }) => `${messageId}:${rev}`);
  const withTasks = [...ofMessages.values()].map((tasks) => ({
    messageId: tasks[0]!.messageId,
    rev: tasks[0]!.rev,
    tasks: [...new Set(tasks.map(({ task }) => task))].sort(),
  }));
  const groups = Map.groupBy(withTasks, ({ tasks, rev }) => `${tasks.join()}:${rev}`);
  return [...groups.values()].map((group) => ({
    messageIds: group.map(({ messageId }) => messageId),
    tasks: group[0]!.tasks,
    rev: group[0]!.rev,
  }));
}

function toDelta(row: DeltaRow): SyncDelta {
  return {
    messages: row.messages.map(toMessage),
    changes: row.changes.map(toMessage),
    headSeq: row.seq[0]?.value ?? 0,
    headRev: row.rev[0]?.value ?? 0,
  };
}

/** Puts off what is due, each time for twice as long, and says who has it now. */
function leased(now: Date, leaseMs: number, claim: string): object {
  const pause = { $min: [LONGEST_LEASE_MS, { $multiply: [leaseMs, { $pow: [2, '$$this.tries'] }] }] };
  const taken = { due: { $add: [now, pause] }, tries: { $add: ['$$this.tries', 1] }, claim };
  const mark = { $cond: [{ $lte: ['$$this.due', now] }, { $mergeObjects: ['$$this', taken] }, '$$this'] };
  return { $map: { input: '$outbox', in: mark } };
}

function tenant(scope: Scope | EveryTenant): Filter {
  if (scope === EVERY_TENANT) return {};
  return scope.environmentId === undefined
    ? { organizationId: scope.organizationId }
    : { organizationId: scope.organizationId, environmentId: scope.environmentId };
}

function visible({ seesPrivate, seesHeld }: Sight): Filter {
  return { ...(!seesPrivate && { private: false }), ...(!seesHeld && NOT_HELD) };
}

/** As isListed says it of one message. */
const STAYS_IN_THREAD: Filter = {
  environmentId: null,
  threadRootId: { $ne: null },
  alsoInConversation: { $ne: true },
};

function countable(seesPrivate: boolean): Filter {
  const shown = visible({ seesPrivate, seesHeld: false });
  return { type: { $ne: 'system' }, deletedAt: null, $nor: [STAYS_IN_THREAD], ...shown };
}

function headLookup(scope: Scope | EveryTenant, field: 'seq' | 'rev'): object {
  const pipeline = [
    { $match: { ...tenant(scope), ...(field === 'rev' && { rev: { $gt: 0 } }) } },
    { $sort: { [field]: -1 } },
    { $limit: 1 },
    { $project: { _id: 0, value: `$${field}` } },
  ];
  return {
    $lookup: {
      from: 'messages',
      localField: 'conversationId',
      foreignField: 'conversationId',
      as: field,
      pipeline,
    },
  };
}

function afterLookup(
  scope: Scope,
  as: string,
  field: 'seq' | 'rev',
  after: '$afterSeq' | '$afterRev',
  limit: number,
  filter: Filter,
): object {
  const isAfter = { $gt: [`$${field}`, '$$after'] };
  const changed = field === 'rev' ? { rev: { $gt: 0 } } : {};
  const pipeline = [
    { $match: { $expr: { $and: [IS_OF_CONVERSATION, isAfter] }, ...tenant(scope), ...changed, ...filter } },
    { $sort: { [field]: 1 } },
    { $limit: limit },
    { $project: SHOWN },
  ];
  return { $lookup: { from: 'messages', let: { id: '$conversationId', after }, as, pipeline } };
}

function unreadLookup(scope: Scope, cap: number, seesPrivate: boolean): object {
  const isUnread = {
    $and: [IS_OF_CONVERSATION, { $gt: ['$seq', '$$after'] }, { $ne: ['$senderKey', '$$reader'] }],
  };
  const pipeline = [
    { $match: { $expr: isUnread, ...tenant(scope), ...countable(seesPrivate) } },
    { $limit: cap },
    { $project: { _id: 1 } },
  ];
  const variables = { id: '$conversationId', after: '$afterSeq', reader: '$senderKey' };
  return { $lookup: { from: 'messages', let: variables, as: 'unread', pipeline } };
}
