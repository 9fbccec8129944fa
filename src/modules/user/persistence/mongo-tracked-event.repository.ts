import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import type { TrackedEvent } from '../tracked-event.js';
import { TrackedEventRepository } from '../tracked-event.repository.js';
import { TRACKED_EVENTS, type TrackedEventDocument } from './tracked-event.schema.js';

@Injectable()
export class MongoTrackedEventRepository extends TrackedEventRepository {
  constructor(@InjectModel(TRACKED_EVENTS) private readonly events: Model<TrackedEventDocument>) {
    super();
  }

  async append(scope: EnvironmentScope, { id, ...event }: TrackedEvent, most: number): Promise<void> {
    await this.events.create({ ...event, _id: id });
    const filter = ofUser(scope, event.userId);
    const last = await this.events.findOne(filter, { _id: 1 }).sort({ _id: -1 }).skip(most).lean();
    if (last) await this.events.deleteMany({ ...filter, _id: { $lte: last._id } });
  }

  async list(
    scope: Scope,
    userId: string,
    { since, afterId, limit }: { since: Date; afterId: string | null; limit: number },
  ): Promise<TrackedEvent[]> {
    const filter: QueryFilter<TrackedEventDocument> = { ...ofUser(scope, userId), at: { $gte: since } };
    if (afterId !== null) filter._id = { $lt: afterId };
    const found = await this.events.find(filter).sort({ _id: -1 }).limit(limit).lean();
    return found.map(asEvent);
  }

  async eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    await this.events.deleteMany(ofUser(scope, userId));
  }

  async removeBefore(before: Date): Promise<void> {
    await this.events.deleteMany({ at: { $lt: before } });
  }
}

function ofUser({ organizationId, environmentId }: Scope, userId: string): QueryFilter<TrackedEventDocument> {
  return environmentId === undefined ? { organizationId, userId } : { organizationId, userId, environmentId };
}

function asEvent({ _id, ...document }: TrackedEventDocument): TrackedEvent {
  const { organizationId, environmentId, userId, name, properties, at } = document;
  return { id: _id, organizationId, environmentId, userId, name, properties, at };
}
