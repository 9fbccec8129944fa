import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import type { FileOwner, StoredFile } from '../file.js';
import { FileRepository, type AttachClaim } from '../file.repository.js';
import { FILES, type FileDocument } from './file.schema.js';

type Filter = QueryFilter<FileDocument>;

@Injectable()
export class MongoFileRepository extends FileRepository {
  constructor(@InjectModel(FILES) private readonly files: Model<FileDocument>) {
    super();
  }

  async insert(_scope: Scope, { id, ...file }: StoredFile): Promise<void> {
    await this.files.create({ _id: id, ...file } as FileDocument);
  }

  async find(scope: Scope | EveryTenant, id: string): Promise<StoredFile | null> {
    const found = await this.files.findOne({ ...within(scope), _id: id }).lean();
    return found && toFile(found);
  }

  async attach(
    scope: Scope,
    owner: FileOwner,
    ids: readonly string[],
    { environmentId, ...attached }: AttachClaim,
  ): Promise<StoredFile[]> {
    const own = { ...within(scope), ...of(owner), _id: { $in: [...ids] } };
    await this.files.updateMany(
      { ...own, state: 'uploaded' },
      { $set: { state: 'attached', attached, environmentId } },
    );
    // As it is now, also where the conversation has another environment than its sender.
    const found = await this.files
      .find({ organizationId: scope.organizationId, ...of(owner), _id: { $in: [...ids] } })
      .lean();
    return found.map(toFile);
  }

  async release(scope: Scope, claimId: string): Promise<void> {
    await this.files.updateMany(
      { ...within(scope), 'attached.claimId': claimId, state: 'attached' },
      { $set: { state: 'uploaded', attached: null } },
    );
  }

  async deleteAttachedTo(scope: Scope | EveryTenant, messages: readonly string[]): Promise<void> {
    await this.delete({ ...within(scope), 'attached.to': { $in: [...messages] } });
  }

  async deleteOfConversations(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    await this.delete({ ...within(scope), 'attached.conversationId': { $in: [...conversationIds] } });
  }

  async deleteOfOwner(scope: Scope, owner: FileOwner): Promise<void> {
    await this.delete({ ...within(scope), ...of(owner) });
  }

  async deleteOrphans(before: Date): Promise<void> {
    await this.files.updateMany(
      { state: 'uploaded', createdAt: { $lt: before } },
      { $set: { state: 'deleted' } },
    );
  }

  async listToPurge(limit: number): Promise<StoredFile[]> {
    const found = await this.files
      .find({ state: 'deleted', purgedAt: { $exists: false } })
      .limit(limit)
      .lean();
    return found.map(toFile);
  }

  async markPurged(ids: readonly string[], at: Date): Promise<void> {
    await this.files.updateMany({ _id: { $in: [...ids] } }, { $set: { purgedAt: at, name: '' } });
  }

  async markThumbnail(id: string): Promise<boolean> {
    const kept = { _id: id, state: { $ne: 'deleted' as const } };
    const { matchedCount } = await this.files.updateOne(kept, { $set: { hasThumbnail: true } });
    return matchedCount > 0;
  }

  async remove(scope: Scope, id: string): Promise<void> {
    await this.files.deleteOne({ ...within(scope), _id: id });
  }

  async sizeSince(scope: Scope, owner: FileOwner, since: Date): Promise<number> {
    const [sum] = await this.files.aggregate<{ size: number }>([
      { $match: { ...within(scope), ...of(owner), createdAt: { $gt: since } } },
      { $group: { _id: null, size: { $sum: '$size' } } },
    ]);
    return sum?.size ?? 0;
  }

  private async delete(filter: Filter): Promise<void> {
    await this.files.updateMany({ ...filter, state: { $ne: 'deleted' } }, { $set: { state: 'deleted' } });
  }
}

function of({ type, id }: FileOwner): Filter {
  return { 'owner.id': id, 'owner.type': type };
}

/** What belongs to no environment yet is its owner's, wherever they are. */
function within(scope: Scope | EveryTenant): Filter {
  if (scope === EVERY_TENANT) return {};
  const { organizationId, environmentId } = scope;
  return environmentId === undefined ? { organizationId } : { organizationId, environmentId };
}

function toFile(document: FileDocument): StoredFile {
  const { attached } = document;
  return {
    id: document._id,
    organizationId: document.organizationId,
    environmentId: document.environmentId,
    owner: document.owner,
    state: document.state,
    attached: attached && {
      to: attached.to,
      conversationId: attached.conversationId,
      isPrivate: attached.isPrivate,
    },
    name: document.name,
    mimeType: document.mimeType,
    size: document.size,
    width: document.width,
    height: document.height,
    storageKey: document.storageKey,
    hasThumbnail: document.hasThumbnail,
    createdAt: document.createdAt,
  };
}
