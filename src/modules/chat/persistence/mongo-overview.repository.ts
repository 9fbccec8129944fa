import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Scope } from '../../../common/access/principal.js';
import type { DurationFigures } from '../../../contracts/overview.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { LOOKED_AT, OverviewRepository, type OverviewFigures } from '../overview/overview.repository.js';
import { CONVERSATIONS, type ConversationDocument } from './conversation.schema.js';
import { tenant } from './mongo-conversation.repository.js';

type Filter = mongo.Filter<ConversationDocument>;

interface Durations {
  count: number;
  /** At one half and nine tenths. */
  at: (number | null)[];
}

/** Each figure from one range of an index that has all it needs, so that no conversation is read for it. */
@Injectable()
export class MongoOverviewRepository extends OverviewRepository {
  constructor(@InjectModel(CONVERSATIONS) private readonly model: Model<ConversationDocument>) {
    super();
  }

  async figures(scope: Scope, from: Date): Promise<OverviewFigures> {
    const support: Filter = { ...tenant(scope), kind: 'support' };
    const [created, answered, resolved, waiting, rated] = await Promise.all([
      this.count({ ...support, createdAt: { $gte: from } }),
      this.durations(support, 'answeredAt', from),
      this.durations(support, 'resolvedAt', from),
      this.waiting(support),
      this.ratings(support, from),
    ]);
    return {
      created,
      resolved: resolved.count,
      waiting: waiting.count,
      waitingSince: waiting.since,
      firstResponseMs: toFigures(answered),
      resolutionMs: toFigures(resolved),
      rating: rated,
    };
  }

  private async count(filter: Filter): Promise<number> {
    const [found] = await this.aggregate<{ count: number }>([
      { $match: filter },
      { $limit: LOOKED_AT },
      { $group: { _id: null, count: { $sum: 1 } } },
    ]);
    return found?.count ?? 0;
  }

  /** From the beginning of the conversation to that moment. */
  private async durations(
    support: Filter,
    field: 'answeredAt' | 'resolvedAt',
    from: Date,
  ): Promise<Durations | { count: 0; at: [] }> {
    const [found] = await this.aggregate<Durations>([
      { $match: { ...support, [field]: { $gte: from } } },
      { $sort: { [field]: -1 } },
      { $limit: LOOKED_AT },
      { $project: { _id: 0, took: { $subtract: [`$${field}`, '$createdAt'] } } },
      {
        $group: {
          _id: null,
          count: { $sum: 1 },
          at: { $percentile: { input: '$took', p: [0.5, 0.9], method: 'approximate' } },
        },
      },
    ]);
    return found ?? { count: 0, at: [] };
  }

  /** The user has the last word. */
  private async waiting(support: Filter): Promise<{ count: number; since: Date | null }> {
    const [found] = await this.aggregate<{ count: number; since: Date }>([
      {
        $match: {
          ...support,
          status: { $in: ['open', 'pending'] },
          'lastPublicMessage.sender.type': 'user',
        },
      },
      { $sort: { 'lastPublicMessage.createdAt': 1 } },
      { $limit: LOOKED_AT },
      { $group: { _id: null, count: { $sum: 1 }, since: { $min: '$lastPublicMessage.createdAt' } } },
    ]);
    return found ?? { count: 0, since: null };
  }

  private async ratings(support: Filter, from: Date): Promise<OverviewFigures['rating']> {
    const [found] = await this.aggregate<{ count: number; average: number }>([
      { $match: { ...support, 'rating.ratedAt': { $gte: from } } },
      { $sort: { 'rating.ratedAt': -1 } },
      { $limit: LOOKED_AT },
      { $group: { _id: null, count: { $sum: 1 }, average: { $avg: '$rating.score' } } },
    ]);
    return found ? { average: found.average, count: found.count } : { average: null, count: 0 };
  }

  private aggregate<T extends object>(pipeline: mongo.Document[]): Promise<T[]> {
    const conversations = this.model.collection as unknown as mongo.Collection<ConversationDocument>;
    return withDeadline(conversations.aggregate<T>(pipeline).toArray());
  }
}

function toFigures({ at: [median = null, p90 = null] }: Durations | { at: [] }): DurationFigures {
  return { median: rounded(median), p90: rounded(p90) };
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
