import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { ConversationDraft, ConversationRepository } from './conversation.repository.js';
import { aConversationDraft, aScope, aSummary, aTeamDraft } from './fakes/factories.fake.js';
import { COUNTED_TAGS, COUNTED_TO, type InboxCountRepository } from './inbox-count.repository.js';

interface Setting {
  counts: InboxCountRepository;
  conversations: ConversationRepository;
}

/** What every InboxCountRepository does, the fake as well as the real one. */
export function describeInboxCountRepository(create: () => Setting): void {
  let setting: Setting;
  let scope: EnvironmentScope;
  let organization: { organizationId: string };
  const agentId = newId();

  beforeEach(() => {
    setting = create();
    scope = aScope();
    organization = { organizationId: scope.organizationId };
  });

  const store = async (draft: ConversationDraft) =>
    (await setting.conversations.create(organization, draft)).conversation;
  const add = (given: Partial<ConversationDraft> = {}) => store(aConversationDraft({ ...scope, ...given }));
  const addTeam = (given: Partial<ConversationDraft>) => store(aTeamDraft({ ...organization, ...given }));
  const mention = ({ id }: { id: string }) =>
    setting.conversations.applySummaries([{ ...aSummary(id), mentionedIds: [agentId, newId()] }]);
  const NOTHING = { mine: 0, unassigned: 0, open: 0, pending: 0, snoozed: 0, mentions: 0, tags: [] };

  it('counts what each list would show', async () => {
    const [refunds, idle] = [newId(), newId()];
    await add({ assigneeId: agentId, teamId: refunds, tags: ['vip', 'refund'] });
    await add({ teamId: refunds, tags: ['refund'] });
    await add({ assigneeId: newId() });
    await add({ status: 'pending', assigneeId: agentId, tags: ['vip'] });
    await add({ status: 'snoozed', teamId: refunds });
    await add({ status: 'resolved' });
    await addTeam({ memberIds: [agentId] });
    expect(await setting.counts.count(organization, agentId, [idle, refunds])).toEqual({
      mine: 1,
      unassigned: 1,
      open: 3,
      pending: 1,
      snoozed: 1,
      mentions: 0,
      teams: [
        { id: idle, open: 0 },
        { id: refunds, open: 2 },
      ],
      tags: [
        { tag: 'refund', open: 2 },
        { tag: 'vip', open: 1 },
      ],
    });
  });

  it('counts nothing of another tenant or another environment', async () => {
    await mention(await add({ assigneeId: agentId, tags: ['vip'] }));
    for (const stranger of [aScope(), { ...scope, environmentId: newId() }])
      expect(await setting.counts.count(stranger, agentId, [])).toEqual({ ...NOTHING, teams: [] });
  });

  it('counts mentions of every kind that one sees, while they are not resolved', async () => {
    await mention(await add());
    await mention(await add({ status: 'resolved' }));
    await mention(await addTeam({ memberIds: [agentId] }));
    await mention(await addTeam({ kind: 'channel', visibility: 'public' }));
    await mention(await addTeam({ memberIds: [newId()] }));
    await mention(await addTeam({ memberIds: [agentId], archivedAt: new Date() }));
    await add();
    expect(await setting.counts.count(organization, agentId, [])).toMatchObject({ mentions: 3 });
    expect(await setting.counts.count(organization, newId(), [])).toMatchObject({ mentions: 0 });
  });

  it('counts the tags that are there most often, and no more of them than are looked at', async () => {
    const many = Array.from({ length: COUNTED_TAGS + 5 }, (_, tag) => `tag-${tag}`);
    await Promise.all(many.map((tag) => add({ tags: [tag] })));
    await add({ tags: ['tag-24'] });
    const { tags } = await setting.counts.count(organization, agentId, []);
    expect(tags).toHaveLength(COUNTED_TAGS);
    expect(tags[0]).toEqual({ tag: 'tag-24', open: 2 });
  });

  it('counts no further than a thousand', async () => {
    const many = Array.from({ length: COUNTED_TO + 3 }, () => add({ assigneeId: agentId, tags: ['vip'] }));
    await Promise.all(many);
    const { mine, open, tags } = await setting.counts.count(organization, agentId, []);
    expect([mine, open, tags]).toEqual([COUNTED_TO, COUNTED_TO, [{ tag: 'vip', open: COUNTED_TO }]]);
  });
}
