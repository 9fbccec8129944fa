import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import {
  COUNTED_TAGS,
  COUNTED_TO,
  InboxCountRepository,
  type InboxCounts,
} from '../inbox-count.repository.js';
import { CONVERSATIONS, type ConversationDocument } from './conversation.schema.js';
import { mentioning, tenant } from './mongo-conversation.repository.js';

type Filter = mongo.Filter<ConversationDocument>;

interface Counted {
  _id: string;
  count: number;
}

@Injectable()
export class MongoInboxCountRepository extends InboxCountRepository {
  constructor(@InjectModel(CONVERSATIONS) private readonly model: Model<ConversationDocument>) {
    super();
  }

  async count(scope: Scope, agentId: string, teamIds: readonly string[]): Promise<InboxCounts> {
    const support: Filter = { ...tenant(scope), kind: 'support' };
    const open: Filter = { ...support, status: 'open' };
    const [counts, tags] = await Promise.all([
      this.countAll({
        mine: { ...open, assigneeId: agentId },
        unassigned: { ...open, assigneeId: null },
        open,
        pending: { ...support, status: 'pending' },
        snoozed: { ...support, status: 'snoozed' },
        mentions: { ...tenant(scope), ...unresolved(mentioning(agentId, {})) },
        ...Object.fromEntries(teamIds.map((teamId) => [teamId, { ...open, teamId }])),
      }),
      this.countTags(open),
    ]);
    const of = (name: string) => counts.get(name) ?? 0;
    return {
      mine: of('mine'),
      unassigned: of('unassigned'),
      open: of('open'),
      pending: of('pending'),
      snoozed: of('snoozed'),
      mentions: of('mentions'),
      teams: teamIds.map((id) => ({ id, open: of(id) })),
      tags,
    };
  }

  /** All in one command, each by its own index and no further than it is counted. */
  private async countAll(filters: Record<string, Filter>): Promise<Map<string, number>> {
    const [first = [], ...rest] = Object.entries(filters).map(([name, filter]) => [
      { $match: filter },
      { $limit: COUNTED_TO },
      { $group: { _id: { $literal: name }, count: { $sum: 1 } } },
    ]);
    const coll = this.conversations.collectionName;
    const others = rest.map((pipeline) => ({ $unionWith: { coll, pipeline } }));
    const found = this.conversations.aggregate<Counted>([...first, ...others]).toArray();
    return new Map((await withDeadline(found)).map(({ _id, count }) => [_id, count]));
  }

  private async countTags(open: Filter): Promise<InboxCounts['tags']> {
    const found = this.conversations
      .aggregate<Counted>([
        { $match: open },
        { $sort: { activityAt: -1, _id: -1 } },
        { $limit: COUNTED_TO },
        { $unwind: '$tags' },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
        { $sort: { count: -1, _id: 1 } },
        { $limit: COUNTED_TAGS },
      ])
      .toArray();
    return (await withDeadline(found)).map(({ _id, count }) => ({ tag: _id, open: count }));
  }

  private get conversations(): mongo.Collection<ConversationDocument> {
    return this.model.collection as unknown as mongo.Collection<ConversationDocument>;
  }
}

function unresolved(filter: Filter): Filter {
  return { ...filter, status: { $in: ['open', 'pending', 'snoozed'] } };
}
