import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey, upsert, upsertAll } from '../../../infrastructure/mongo/upsert.js';
import {
  NoticeRepository,
  type AwaitingNotice,
  type NoticeKey,
  type PushClaim,
  type SettledNotice,
} from '../notification/notice.repository.js';
import { NOTICES, type NoticeDocument } from './notice.schema.js';

@Injectable()
export class MongoNoticeRepository extends NoticeRepository {
  constructor(@InjectModel(NOTICES) private readonly model: Model<NoticeDocument>) {
    super();
  }

  async claimPush(who: NoticeKey, { upToSeq, jobId }: PushClaim): Promise<string[] | null> {
    const isAgain = { $and: [{ $eq: ['$pushJobId', jobId] }, { $eq: ['$pushedSeq', upToSeq] }] };
    const reached = { $cond: [isAgain, { $ifNull: ['$reachedIds', []] }, []] };
    const claimed = { pushedSeq: upToSeq, pushJobId: jobId, reachedIds: reached };
    const isNews = { $or: [{ pushedSeq: { $exists: false } }, { pushedSeq: { $lt: upToSeq } }] };
    try {
      const found = await withDeadline(
        upsert(() =>
          this.notices.findOneAndUpdate(
            { ...keyOf(who), $or: [...isNews.$or, { pushJobId: jobId }] },
            [{ $set: { ...identityOf(who), ...claimed } }],
            { upsert: true, returnDocument: 'after' },
          ),
        ),
      );
      return found?.reachedIds ?? [];
    } catch (error) {
      // It is there, and was told of: the upsert met it twice.
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async recordPush(who: NoticeKey, jobId: string, deviceId: string): Promise<void> {
    const added = { $addToSet: { reachedIds: deviceId, shownIds: deviceId } };
    await withDeadline(this.notices.updateOne({ ...keyOf(who), pushJobId: jobId }, added));
  }

  async confirmPush(who: NoticeKey, jobId: string): Promise<void> {
    const confirmed = { $unset: { pushJobId: 1 as const, reachedIds: 1 as const } };
    await withDeadline(this.notices.updateOne({ ...keyOf(who), pushJobId: jobId }, confirmed));
  }

  async isShown(who: NoticeKey, readSeq: number): Promise<boolean> {
    const found = this.notices.findOne(shownBy(who, readSeq), { projection: { _id: 1 } });
    return (await withDeadline(found)) !== null;
  }

  async listShown(who: NoticeKey, readSeq: number): Promise<string[]> {
    const found = this.notices.find(shownBy(who, readSeq), { projection: { shownIds: 1 } });
    const shown = await withDeadline(found.toArray());
    return [...new Set(shown.flatMap(({ shownIds = [] }) => shownIds))];
  }

  async recordWithdrawal(who: NoticeKey, readSeq: number, deviceIds: readonly string[]): Promise<void> {
    const withdrawn = { $pull: { shownIds: { $in: [...deviceIds] } } };
    await withDeadline(this.notices.updateMany(shownBy(who, readSeq), withdrawn));
  }

  async await(what: Omit<NoticeKey, 'agentId'>, agentIds: readonly string[], upToSeq: number): Promise<void> {
    if (agentIds.length === 0) return;
    const updates = agentIds.map((agentId) => {
      const who = { ...what, agentId };
      const update = { $max: { awaitingSeq: upToSeq }, $setOnInsert: identityOf(who) };
      return { updateOne: { filter: keyOf(who), update, upsert: true } };
    });
    await withDeadline(upsertAll(this.notices, updates));
  }

  async listAwaiting({ organizationId }: Scope, agentId: string, limit: number): Promise<AwaitingNotice[]> {
    const filter = { agentId, awaitingSeq: { $exists: true }, organizationId };
    const found = await withDeadline(this.notices.find(filter).limit(limit).toArray());
    return found.map(({ conversationId, messageId, toldSeq = 0 }) => ({
      conversationId,
      toldSeq,
      ...(messageId !== undefined && { messageId }),
    }));
  }

  async settle({ organizationId }: Scope, agentId: string, settled: readonly SettledNotice[]): Promise<void> {
    if (settled.length === 0) return;
    const updates = settled.flatMap(({ upToSeq, ...what }) => {
      const filter = keyOf({ organizationId, agentId, ...what });
      const done = { $unset: { awaitingSeq: 1 as const } };
      return [
        { updateOne: { filter, update: { $max: { toldSeq: upToSeq } } } },
        { updateOne: { filter: { ...filter, awaitingSeq: { $lte: upToSeq } }, update: done } },
      ];
    });
    await withDeadline(this.notices.bulkWrite(updates, { ordered: false }));
  }

  async eraseAll({ organizationId }: Scope, conversationIds: readonly string[]): Promise<void> {
    const filter = { conversationId: { $in: [...conversationIds] }, organizationId };
    await withDeadline(this.notices.deleteMany(filter));
  }

  private get notices(): mongo.Collection<NoticeDocument> {
    return this.model.collection as unknown as mongo.Collection<NoticeDocument>;
  }
}

function keyOf({ organizationId, conversationId, agentId, messageId }: NoticeKey) {
  const id = `${conversationId}:${agentId}`;
  return { _id: messageId === undefined ? id : `${id}:${messageId}`, organizationId };
}

function identityOf({ conversationId, agentId, messageId }: NoticeKey) {
  return { conversationId, agentId, ...(messageId !== undefined && { messageId }) };
}

/** What was told apart has an id that begins alike, and ";" comes right after ":". */
function shownBy(who: NoticeKey, readSeq: number) {
  const { _id, organizationId } = keyOf(who);
  const range = { $gte: _id, $lt: `${_id};` };
  return { _id: range, organizationId, pushedSeq: { $lte: readSeq }, 'shownIds.0': { $exists: true } };
}
