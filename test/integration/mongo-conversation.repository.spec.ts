import { beforeAll, describe, expect, it } from '@jest/globals';
import { findByTeamPriorityAndMention } from '../../migrations/mongo/20261127124500-find-by-team-priority-and-mention.js';
import { newId } from '../../src/common/ids.js';
import type { ConversationFilter } from '../../src/modules/chat/conversation.js';
import { describeConversationRepository } from '../../src/modules/chat/conversation.repository.contract.js';
import type { ConversationCursor, Viewer } from '../../src/modules/chat/conversation.repository.js';
import {
  aConversationDraft,
  aScope,
  aStamp,
  aSummary,
  aTeamDraft,
} from '../../src/modules/chat/fakes/factories.fake.js';
import {
  CONVERSATIONS,
  conversationSchema,
  type ConversationDocument,
} from '../../src/modules/chat/persistence/conversation.schema.js';
import { MongoConversationRepository } from '../../src/modules/chat/persistence/mongo-conversation.repository.js';
import { describeInboxCountRepository } from '../../src/modules/chat/inbox-count.repository.contract.js';
import { MongoInboxCountRepository } from '../../src/modules/chat/persistence/mongo-inbox-count.repository.js';
import {
  ACTIVITY,
  activitySchema,
  type ActivityDocument,
} from '../../src/modules/chat/persistence/activity.schema.js';
import { MongoActivityRepository } from '../../src/modules/chat/persistence/mongo-activity.repository.js';
import { MongoOverviewRepository } from '../../src/modules/chat/persistence/mongo-overview.repository.js';
import { describeActivityRepository } from '../../src/modules/chat/overview/activity.repository.contract.js';
import { describeOverviewRepository } from '../../src/modules/chat/overview/overview.repository.contract.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

const LIMIT = 10;
/** Two pages at most: one more than asked for, and what merging several indexes looks ahead. */
const FEW = 3 * LIMIT;

describe(MongoConversationRepository.name, () => {
  const mongo = new MongoSuite();

  const repository = () =>
    new MongoConversationRepository(mongo.model<ConversationDocument>(CONVERSATIONS, conversationSchema));

  const overviews = () =>
    new MongoOverviewRepository(mongo.model<ConversationDocument>(CONVERSATIONS, conversationSchema));
  const activity = () => new MongoActivityRepository(mongo.model<ActivityDocument>(ACTIVITY, activitySchema));

  describeConversationRepository(repository);

  describe(MongoInboxCountRepository.name, () => {
    describeInboxCountRepository(() => {
      const counts = new MongoInboxCountRepository(
        mongo.model<ConversationDocument>(CONVERSATIONS, conversationSchema),
      );
      return { counts, conversations: repository() };
    });
  });

  describe(MongoOverviewRepository.name, () => {
    describeOverviewRepository(() => ({ overviews: overviews(), conversations: repository() }));
  });

  describe(MongoActivityRepository.name, () => {
    describeActivityRepository(() => activity());
  });

  it('notes who was mentioned before mentions were noted', async () => {
    const db = mongo.connection.db!;
    const [agentId, conversationId] = [newId(), newId()];
    const mentions = [{ type: 'agent', id: agentId }];
    const said = { _id: newId() as never, organizationId: newId(), conversationId, seq: 1, deletedAt: null };
    await db.collection('messages').insertOne({ ...said, senderKey: 'agent:1', mentions });
    await repository().create(aScope(), aConversationDraft({ id: conversationId }));
    await findByTeamPriorityAndMention.down(db);
    await findByTeamPriorityAndMention.up(db);
    const found = await db.collection('conversations').findOne({ _id: conversationId as never });
    expect(found?.['mentionedIds']).toEqual([agentId]);
  });

  describe('with much in it', () => {
    const scope = aScope();
    const staging = { ...scope, environmentId: newId() };
    const organization = { organizationId: scope.organizationId };
    const agent: Viewer & { id: string } = { type: 'agent', id: newId() };
    const assigneeId = newId();
    const teamId = newId();
    const user = { id: newId(), name: '김민지', avatarUrl: null };
    let conversations: MongoConversationRepository;

    beforeAll(async () => {
      conversations = repository();
      const drafts = Array.from({ length: 600 }, (_, index) => draftOf(index));
      const collection = mongo.model<ConversationDocument>(CONVERSATIONS, conversationSchema).collection;
      await Promise.all(drafts.map((draft) => conversations.create(organization, draft)));
      expect(await collection.countDocuments(organization)).toBe(600);
      const mentioning = drafts.filter((_, index) => index % 20 === 0).map(({ id }) => id);
      await conversations.applySummaries(
        mentioning.map((id) => ({
          ...aSummary(id),
          activityAt: null,
          mentionedIds: [agent.id],
          answeredAt: new Date(),
        })),
      );
      for (const id of mentioning)
        await conversations.rate(organization, id, { score: 5, comment: null }, aStamp(new Date()));
    });

    /** One in twenty of everything that can be asked for, spread over time. */
    const draftOf = (index: number) => {
      const activityAt = new Date(Date.UTC(2026, 10, 1, 0, index));
      const isRare = index % 20 === 0;
      if (index % 3 === 0) {
        const memberIds = [isRare ? agent.id : newId()];
        const kind = index % 2 ? 'channel' : 'group';
        const visibility = index % 60 === 3 ? 'public' : kind === 'channel' ? 'private' : null;
        return aTeamDraft({ ...organization, kind, activityAt, memberIds, visibility });
      }
      return aConversationDraft({
        ...(index % 2 ? scope : staging),
        activityAt,
        user: isRare ? user : { ...user, id: newId(), name: `Person ${index}` },
        status: isRare ? 'resolved' : 'open',
        resolvedAt: isRare ? activityAt : null,
        assigneeId: isRare ? assigneeId : newId(),
        tags: isRare ? ['vip'] : ['usual'],
        teamId: isRare ? teamId : index % 5 === 1 ? newId() : null,
        priority: isRare ? 'urgent' : 'normal',
      });
    };

    const middle: ConversationCursor = { activityAt: new Date(Date.UTC(2026, 10, 1, 2, 0)), id: newId() };
    const lists: [
      name: string,
      viewer: Viewer,
      filter: ConversationFilter,
      reach: { organizationId: string },
    ][] = [
      ['all that an agent sees', agent, {}, organization],
      ['those with a status', agent, { status: 'resolved' }, organization],
      ['support with a status', agent, { kind: 'support', status: 'resolved' }, organization],
      ['support', agent, { kind: 'support' }, organization],
      ['channels', agent, { kind: 'channel' }, organization],
      ['groups of a member', agent, { kind: 'group' }, organization],
      ['those of an assignee', agent, { kind: 'support', assigneeId }, organization],
      ['open ones of an assignee', agent, { kind: 'support', status: 'resolved', assigneeId }, organization],
      ['those of nobody', agent, { kind: 'support', unassigned: true }, organization],
      ['those with a tag', agent, { kind: 'support', tag: 'vip' }, organization],
      ['those of a team', agent, { teamId }, organization],
      ['those of a team by status', agent, { kind: 'support', teamId, status: 'resolved' }, organization],
      ['those of a team in an environment', agent, { teamId }, staging],
      ['those that are urgent', agent, { priority: 'urgent' }, organization],
      ['those that are urgent in an environment', agent, { priority: 'urgent' }, staging],
      ['where one is mentioned', agent, { mentioned: true }, organization],
      ['where one is mentioned, by status', agent, { mentioned: true, status: 'resolved' }, organization],
      ['those of a user', agent, { kind: 'support', userId: user.id }, organization],
      ['an environment', agent, { kind: 'support' }, scope],
      ['an environment by status', agent, { kind: 'support', status: 'resolved' }, staging],
      ["a user's own", { type: 'user', id: user.id }, {}, staging],
      ["a partner's", { type: 'partner' }, {}, scope],
      ["a partner's by status", { type: 'partner' }, { status: 'open' }, scope],
    ];

    it.each(lists)(
      'lists %s by an index, in order, at the first page and later',
      async (_, viewer, filter, reach) => {
        for (const after of [undefined, middle]) {
          const read = () => conversations.list(reach, viewer, filter, { limit: LIMIT, after });
          const [plan] = await plansOf(mongo.connection, read);
          expect(plan?.indexes.length).toBeGreaterThan(0);
          expect(plan?.stages).not.toContain('COLLSCAN');
          expect(plan?.stages).not.toContain('SORT');
          expect(plan?.docsExamined).toBeLessThanOrEqual(FEW);
        }
      },
    );

    it('searches by the index over parts of words', async () => {
      const list = () =>
        conversations.list(organization, agent, { kind: 'support', query: '민지' }, { limit: LIMIT });
      const plan = (await plansOf(mongo.connection, list)).at(-1);
      expect(plan?.indexes).toEqual(['conversation_search']);
      expect(plan?.docsExamined).toBeLessThanOrEqual(20);
    });

    it('counts by indexes, whatever is asked for, without reading what is counted', async () => {
      const counts = new MongoInboxCountRepository(
        mongo.model<ConversationDocument>(CONVERSATIONS, conversationSchema),
      );
      const plans = await plansOf(mongo.connection, () =>
        counts.count(organization, agent.id, [teamId, newId()]),
      );
      expect(plans).toHaveLength(2);
      for (const { stages } of plans) expect(stages).not.toContain('COLLSCAN');
      expect(plans.flatMap(({ indexes }) => indexes)).toEqual(
        expect.arrayContaining(['conversation_assignee', 'conversation_status']),
      );
    });

    it('draws the overview from indexes alone', async () => {
      const plans = await plansOf(mongo.connection, () =>
        overviews().figures(organization, new Date(Date.UTC(2026, 9, 1))),
      );
      const names = ['created', 'answered', 'resolved', 'waiting', 'rated'];
      expect(plans.flatMap(({ indexes }) => indexes).sort()).toEqual(
        names.map((name) => `conversation_${name}`).sort(),
      );
      for (const { stages, docsExamined } of plans)
        expect([stages.includes('COLLSCAN'), docsExamined]).toEqual([false, 0]);
      const [hours] = await plansOf(mongo.connection, () =>
        activity().perHour(organization, new Date(0), new Date()),
      );
      expect(hours?.indexes).toEqual(['activity_hour']);
    });

    const others: [name: string, read: () => Promise<unknown>][] = [
      ['ids of a user', () => conversations.listIdsOfUser(scope, user.id)],
      ['those of users', () => conversations.listOfUsers(scope, [user.id, newId()])],
      ['what changed', () => conversations.listChangedSince(organization, middle.activityAt, LIMIT)],
      ['what to wake', () => conversations.wakeOverdue(new Date(), LIMIT)],
      ['what is not said yet', () => conversations.listUnsaid(new Date(), LIMIT)],
      ['whose members changed', () => conversations.listMembershipsSince(new Date())],
      ['when members changed', () => conversations.lastMembershipChange()],
    ];

    it.each(others)('reads %s by an index', async (_, read) => {
      const [plan] = await plansOf(mongo.connection, read);
      expect(plan?.indexes.length).toBeGreaterThan(0);
      expect(plan?.stages).not.toContain('COLLSCAN');
      expect(plan?.stages).not.toContain('SORT');
      expect(plan?.docsExamined).toBeLessThanOrEqual(FEW);
    });
  });
});
