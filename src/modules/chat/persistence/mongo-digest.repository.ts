import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { upsertAll } from '../../../infrastructure/mongo/upsert.js';
import { DigestRepository, type Digest, type DigestClaim } from '../notification/digest.repository.js';
import { DIGESTS, type DigestDocument } from './notice.schema.js';

@Injectable()
export class MongoDigestRepository extends DigestRepository {
  constructor(@InjectModel(DIGESTS) private readonly model: Model<DigestDocument>) {
    super();
  }

  async request(digests: readonly Digest[]): Promise<void> {
    if (digests.length === 0) return;
    const updates = digests.map(({ organizationId, agentId, dueAt }) => {
      const update = { $min: { dueAt }, $inc: { requests: 1 } };
      return { updateOne: { filter: { _id: agentId, organizationId }, update, upsert: true } };
    });
    await withDeadline(upsertAll(this.digests, updates));
  }

  async claim(
    { organizationId }: Scope,
    agentId: string,
    claim: string,
    { now, ms }: { now: Date; ms: number },
  ): Promise<DigestClaim> {
    const due = { _id: agentId, organizationId, dueAt: { $lte: now } };
    const isFree = [{ claimedUntil: { $exists: false } }, { claimedUntil: { $lte: now } }];
    const taken = { $set: { claim, claimedUntil: new Date(now.getTime() + ms) } };
    const found = await withDeadline(
      this.digests.findOneAndUpdate({ ...due, $or: isFree }, taken, { returnDocument: 'after' }),
    );
    if (found) return { round: found.round ?? 0, sentAt: found.sentAt ?? null, requests: found.requests };
    return (await withDeadline(this.digests.findOne(due))) ? 'busy' : 'not-due';
  }

  async postpone({ organizationId }: Scope, agentId: string, claim: string, until: Date): Promise<void> {
    const postponed = { $set: { dueAt: until }, $unset: { claim: 1 as const, claimedUntil: 1 as const } };
    await withDeadline(this.digests.updateOne({ _id: agentId, organizationId, claim }, postponed));
  }

  async finish(
    { organizationId }: Scope,
    agentId: string,
    claim: string,
    { requests, sentAt, nextAt }: { requests: number; sentAt: Date | null; nextAt: Date },
  ): Promise<boolean> {
    const isAskedAgain = { $gt: ['$requests', requests] };
    const round = { $add: [{ $ifNull: ['$round', 0] }, 1] };
    const finished = {
      dueAt: { $cond: [isAskedAgain, nextAt, '$$REMOVE'] },
      ...(sentAt && { round, sentAt }),
    };
    const found = await withDeadline(
      this.digests.findOneAndUpdate(
        { _id: agentId, organizationId, claim },
        [{ $set: finished }, { $unset: ['claim', 'claimedUntil'] }],
        { returnDocument: 'after' },
      ),
    );
    return found?.dueAt !== undefined;
  }

  async listOverdue(before: Date, limit: number): Promise<Digest[]> {
    const overdue = this.digests.find({ dueAt: { $lte: before } }).sort({ dueAt: 1 });
    const found = await withDeadline(overdue.limit(limit).toArray());
    return found.map(({ _id, organizationId, dueAt = before }) => ({ organizationId, agentId: _id, dueAt }));
  }

  async remove({ organizationId }: Scope, agentId: string): Promise<void> {
    await withDeadline(this.digests.deleteOne({ _id: agentId, organizationId }));
  }

  private get digests(): mongo.Collection<DigestDocument> {
    return this.model.collection as unknown as mongo.Collection<DigestDocument>;
  }
}
