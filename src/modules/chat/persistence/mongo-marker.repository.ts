import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey, upsert, upsertAll } from '../../../infrastructure/mongo/upsert.js';
import type { Marker } from '../conversation.js';
import {
  MarkerRepository,
  type MailClaim,
  type MailPermit,
  type MarkerKey,
  type MarkerMove,
} from '../marker.repository.js';
import { MARKERS, type MarkerDocument } from './marker.schema.js';

@Injectable()
export class MongoMarkerRepository extends MarkerRepository {
  constructor(@InjectModel(MARKERS) private readonly model: Model<MarkerDocument>) {
    super();
  }

  async move(move: MarkerMove): Promise<number> {
    const { filter, update } = moveUpdate(move);
    const options = { upsert: true, returnDocument: 'after' } as const;
    const moved = await withDeadline(upsert(() => this.markers.findOneAndUpdate(filter, update, options)));
    return moved?.readSeq ?? move.readSeq;
  }

  async moveAll(moves: readonly MarkerMove[]): Promise<void> {
    if (moves.length === 0) return;
    const updates = moves.map((move) => {
      const { filter, update } = moveUpdate(move);
      const written = { ...update, $set: { hasWritten: true as const } };
      return { updateOne: { filter, update: written, upsert: true } };
    });
    await withDeadline(upsertAll(this.markers, updates, { writeConcern: { w: 1 } }));
  }

  async mute(who: MarkerKey, until: Date | null): Promise<void> {
    const unread = { readSeq: 0, deliveredSeq: 0 };
    const update = { $set: { mutedUntil: until }, $setOnInsert: { ...identityOf(who), ...unread } };
    await withDeadline(upsert(() => this.markers.updateOne(keyOf(who), update, { upsert: true })));
  }

  async ofConversations(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Marker[]> {
    const tenant = scope === EVERY_TENANT ? {} : { organizationId: scope.organizationId };
    const filter = { conversationId: { $in: [...conversationIds] }, ...tenant };
    return (await withDeadline(this.markers.find(filter).toArray())).map(toMarker);
  }

  ofPrincipal(
    scope: Scope,
    { type, id }: { type: 'agent' | 'user'; id: string },
    conversationIds: readonly string[],
  ): Promise<Map<string, number>> {
    return this.readSeqs(
      scope,
      conversationIds.map((conversationId) => `${conversationId}:${type}:${id}`),
    );
  }

  ofOwners(scope: Scope, owned: readonly { id: string; userId: string }[]): Promise<Map<string, number>> {
    return this.readSeqs(
      scope,
      owned.map(({ id, userId }) => `${id}:user:${userId}`),
    );
  }

  async claimMail(who: MarkerKey, { upToSeq, jobId, now, cooldownMs }: MailClaim): Promise<MailPermit> {
    const before = new Date(now.getTime() - cooldownMs);
    const isFirst = { mailedAt: { $exists: false } };
    const isDue = { mailedAt: { $lte: before }, mailedSeq: { $lt: upToSeq } };
    const update = {
      $set: { mailedAt: now, mailedSeq: upToSeq, mailJobId: jobId },
      $setOnInsert: { ...identityOf(who), readSeq: 0, deliveredSeq: 0 },
    };
    try {
      const filter = { ...keyOf(who), $or: [isFirst, isDue, { mailJobId: jobId }] };
      await withDeadline(upsert(() => this.markers.updateOne(filter, update, { upsert: true })));
      return { kind: 'granted' };
    } catch (error) {
      // The marker is there, but not due: the upsert met it twice.
      if (!isDuplicateKey(error)) throw error;
      return this.refusalFor(who, upToSeq, cooldownMs);
    }
  }

  async confirmMail(who: MarkerKey, jobId: string): Promise<void> {
    const update = { $unset: { mailJobId: 1 as const } };
    await withDeadline(this.markers.updateOne({ ...keyOf(who), mailJobId: jobId }, update));
  }

  async eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    const filter = { conversationId: { $in: [...conversationIds] }, organizationId: scope.organizationId };
    await withDeadline(this.markers.deleteMany(filter));
  }

  private async refusalFor(who: MarkerKey, upToSeq: number, cooldownMs: number): Promise<MailPermit> {
    const marker = await withDeadline(this.markers.findOne(keyOf(who)));
    if (!marker?.mailedAt || (marker.mailedSeq ?? 0) >= upToSeq) return { kind: 'told-already' };
    return { kind: 'too-soon', until: new Date(marker.mailedAt.getTime() + cooldownMs) };
  }

  private async readSeqs(scope: Scope, keys: string[]): Promise<Map<string, number>> {
    const filter = { _id: { $in: keys }, organizationId: scope.organizationId };
    const found = await withDeadline(this.markers.find(filter).toArray());
    return new Map(found.map((marker) => [marker.conversationId, marker.readSeq]));
  }

  private get markers(): mongo.Collection<MarkerDocument> {
    return this.model.collection as unknown as mongo.Collection<MarkerDocument>;
  }
}

function toMarker(document: MarkerDocument): Marker {
  const { conversationId, type, principalId, readSeq, hasWritten = false, mutedUntil = null } = document;
  return { conversationId, type, principalId, readSeq, hasWritten, mutedUntil };
}

function keyOf({ organizationId, conversationId, type, principalId }: MarkerKey) {
  return { _id: `${conversationId}:${type}:${principalId}`, organizationId };
}

function identityOf({ conversationId, type, principalId }: MarkerKey) {
  return { conversationId, type, principalId };
}

/** Reading implies delivery. */
function moveUpdate(move: MarkerMove) {
  return {
    filter: keyOf(move),
    update: {
      $max: { readSeq: move.readSeq, deliveredSeq: move.readSeq },
      $setOnInsert: identityOf(move),
    },
  };
}
