import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { upsertAll } from '../../../infrastructure/mongo/upsert.js';
import { ActivityRepository, type ActivityHour } from '../overview/activity.repository.js';
import { hourOf } from '../overview/overview.js';
import { ACTIVITY, type ActivityDocument } from './activity.schema.js';

@Injectable()
export class MongoActivityRepository extends ActivityRepository {
  constructor(@InjectModel(ACTIVITY) private readonly model: Model<ActivityDocument>) {
    super();
  }

  async add(hours: readonly ActivityHour[]): Promise<void> {
    if (hours.length === 0) return;
    const updates = hours.map(({ organizationId, environmentId, at, messages, conversations }) => ({
      updateOne: {
        filter: { _id: `${environmentId}:${at.getTime()}`, organizationId },
        update: { $inc: { messages, conversations }, $setOnInsert: { environmentId, at } },
        upsert: true,
      },
    }));
    await withDeadline(upsertAll(this.hours, updates));
  }

  async perHour(scope: Scope, from: Date, to: Date) {
    const { organizationId, environmentId } = scope;
    const which = { organizationId, ...(environmentId !== undefined && { environmentId }) };
    const found = this.hours
      .aggregate<{ _id: Date; messages: number; conversations: number }>([
        { $match: { ...which, at: { $gte: hourOf(from), $lte: to } } },
        {
          $group: {
            _id: '$at',
            messages: { $sum: '$messages' },
            conversations: { $sum: '$conversations' },
          },
        },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    return (await withDeadline(found)).map(({ _id, ...counts }) => ({ at: _id, ...counts }));
  }

  private get hours(): mongo.Collection<ActivityDocument> {
    return this.model.collection as unknown as mongo.Collection<ActivityDocument>;
  }
}
