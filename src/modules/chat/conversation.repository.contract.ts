import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERY_TENANT, type EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type {
  ConversationDraft,
  ConversationRepository,
  TagChange,
  Viewer,
} from './conversation.repository.js';
import { describeConversationSummaries } from './conversation-summaries.contract.js';
import { directKeyOf, type ConversationFilter } from './conversation.js';
import { aConversationDraft, aScope, aStamp, aSummary, aTeamDraft } from './fakes/factories.fake.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds));
const NOW = at(3_000);
const BY = aStamp(NOW);
const OPEN = { status: 'open', snoozedUntil: null, resolvedAt: null } as const;
const RESOLVED = { ...OPEN, status: 'resolved', resolvedAt: NOW } as const;

/** What every ConversationRepository does, the fake as well as the real one. */
export function describeConversationRepository(create: () => ConversationRepository): void {
  let conversations: ConversationRepository;
  let scope: EnvironmentScope;
  let organization: { organizationId: string };
  let viewer: Viewer & { id: string };

  beforeEach(() => {
    conversations = create();
    scope = aScope();
    organization = { organizationId: scope.organizationId };
    viewer = { type: 'agent', id: newId() };
  });

  const add = async (given: Partial<ConversationDraft> = {}) =>
    (await conversations.create(organization, aConversationDraft({ ...scope, ...given }))).conversation;
  const addTeam = async (given: Partial<ConversationDraft> = {}) =>
    (await conversations.create(organization, aTeamDraft({ ...organization, ...given }))).conversation;
  const list = async (
    filter: ConversationFilter = {},
    as: Viewer = viewer,
    reach: { organizationId: string } = organization,
  ) => (await conversations.list(reach, as, filter, { limit: 20 })).map(({ id }) => id);
  const find = async (id: string) => {
    const found = await conversations.find(scope, id);
    if (!found) throw new Error('it is gone');
    return found;
  };

  describe('create', () => {
    it('gives back what was stored', async () => {
      const conversation = await add({ subject: '교환', tags: ['vip'], metadata: { order: { id: 'A-1' } } });
      expect(await conversations.find(scope, conversation.id)).toEqual(conversation);
      expect(await conversations.findMany(EVERY_TENANT, [conversation.id, newId()])).toEqual([conversation]);
    });

    it('answers the first one to the same creator and clientConversationId, also of many at once', async () => {
      const same = { creatorKey: 'user:1', clientConversationId: 'c1' };
      const drafts = Array.from({ length: 6 }, () => aConversationDraft({ ...scope, ...same }));
      const made = await Promise.all(drafts.map((draft) => conversations.create(organization, draft)));
      expect(new Set(made.map(({ conversation }) => conversation.id)).size).toBe(1);
      expect(made.filter(({ created }) => created)).toHaveLength(1);
    });

    it('keeps creators and organizations apart', async () => {
      const ids = [
        await add({ creatorKey: 'user:1', clientConversationId: 'c1' }),
        await add({ creatorKey: 'user:2', clientConversationId: 'c1' }),
        await add({ creatorKey: 'user:1', clientConversationId: null }),
        (
          await conversations.create(
            aScope(),
            aConversationDraft({ creatorKey: 'user:1', clientConversationId: 'c1' }),
          )
        ).conversation,
      ].map(({ id }) => id);
      expect(new Set(ids).size).toBe(4);
    });

    it('has one direct conversation for a pair, whoever begins', async () => {
      const pair = [newId(), newId()];
      const first = await addTeam({ kind: 'direct', memberIds: pair, directKey: directKeyOf(pair) });
      const again = aTeamDraft({
        ...organization,
        kind: 'direct',
        memberIds: pair,
        directKey: directKeyOf([...pair].reverse()),
      });
      expect(await conversations.create(organization, again)).toEqual({
        conversation: first,
        created: false,
      });
    });
  });

  it('shows nothing to another tenant or another environment, and lets it change nothing', async () => {
    const conversation = await add();
    const { id } = conversation;
    const userId = conversation.user?.id ?? '';
    const strangers = [aScope(), { ...scope, environmentId: newId() }, { ...scope, organizationId: newId() }];
    for (const stranger of strangers) {
      expect(await conversations.find(stranger, id)).toBeNull();
      expect(await conversations.findMany(stranger, [id])).toEqual([]);
      expect(await list({}, viewer, stranger)).toEqual([]);
      expect(await list({}, { type: 'user', id: userId }, stranger)).toEqual([]);
      expect(await conversations.listIdsOfUser(stranger, userId)).toEqual([]);
      expect(await conversations.listOfUsers(stranger, [userId])).toEqual([]);
      expect(await conversations.listChangedSince(stranger, at(-9_000), 5)).toEqual([]);
      expect(await conversations.patch(stranger, id, { subject: 'x' }, BY)).toBeNull();
      expect(await conversations.assign(stranger, id, newId(), BY)).toBeNull();
      expect(await conversations.assignTeam(stranger, id, newId(), BY)).toBeNull();
      const tags = { change: { add: ['x'], remove: [] }, by: BY };
      expect(await conversations.changeMany(stranger, [{ id, tags }])).toEqual([]);
      expect(await conversations.setStatus(stranger, id, RESOLVED, BY)).toBeNull();
      expect(await conversations.archive(stranger, id, true, BY)).toBeNull();
      expect(await conversations.addMembers(stranger, id, [newId()], BY)).toBeNull();
      expect(await conversations.removeMembers(stranger, id, [newId()], BY)).toBeNull();
      await conversations.renameUser(stranger, userId, { name: 'Mallory', avatarUrl: null });
      expect(await conversations.eraseOfUser(stranger, userId)).toEqual([]);
    }
    expect(await find(id)).toEqual(conversation);
  });

  describe('list', () => {
    it('shows the newest activity first, page by page, also where two are equally new', async () => {
      const ids: string[] = [];
      for (const second of [1, 2, 2, 2, 3]) ids.push((await add({ activityAt: at(second) })).id);
      const seen: string[] = [];
      for (let after; ;) {
        const page = await conversations.list(organization, viewer, {}, { limit: 2, after });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (page.length < 2 || !last) break;
        after = { activityAt: last.activityAt, id: last.id };
      }
      expect(seen).toEqual([...ids].reverse());
    });

    it('shows a user its own support conversations, a partner those of its environment', async () => {
      const own = await add();
      await add();
      await add({ environmentId: newId() });
      await addTeam({ memberIds: [viewer.id], visibility: 'public' });
      expect(await list({}, { type: 'user', id: own.user?.id ?? '' }, scope)).toEqual([own.id]);
      expect(await list({}, { type: 'partner' }, scope)).toHaveLength(2);
    });

    it('shows an agent support, public channels and what it belongs to', async () => {
      const support = await add({ activityAt: at(1) });
      const open = await addTeam({ kind: 'channel', visibility: 'public', activityAt: at(2) });
      const own = await addTeam({ memberIds: [viewer.id], activityAt: at(3) });
      await addTeam({ memberIds: [newId()] });
      await addTeam({ kind: 'channel', visibility: 'private', memberIds: [newId()] });
      expect(await list()).toEqual([own.id, open.id, support.id]);
      expect(await list({ kind: 'channel' })).toEqual([open.id]);
      expect(await list({ kind: 'support' })).toEqual([support.id]);
    });

    it('filters', async () => {
      const assigneeId = newId();
      const plain = await add();
      const marked = await add({ status: 'resolved', assigneeId, tags: ['refund', 'vip'] });
      const userId = marked.user?.id;
      for (const filter of [
        { status: 'resolved' },
        { assigneeId },
        { tag: 'vip' },
        { userId },
      ] as ConversationFilter[]) {
        expect([filter, await list(filter)]).toEqual([filter, [marked.id]]);
      }
      expect(await list({ unassigned: true })).toEqual([plain.id]);
      expect(await list({ status: 'open', tag: 'vip' })).toEqual([]);
    });

    it('lists support of a team, and so urgent', async () => {
      const teamId = newId();
      const elsewhere: EnvironmentScope = { ...scope, environmentId: newId() };
      const given = await add({ teamId, activityAt: at(2) });
      const urgent = await add({ priority: 'urgent', activityAt: at(1) });
      await addTeam({ memberIds: [viewer.id], priority: 'urgent' });
      expect(await list({ teamId })).toEqual([given.id]);
      expect(await list({ teamId, status: 'resolved' })).toEqual([]);
      expect(await list({ priority: 'urgent' })).toEqual([urgent.id]);
      expect(await list({ priority: 'normal', kind: 'support' })).toEqual([given.id]);
      expect(await list({ teamId }, viewer, elsewhere)).toEqual([]);
    });

    it('lists where one is mentioned and still sees it, of any kind', async () => {
      const mention = async ({ id }: { id: string }, ...mentionedIds: string[]) => {
        await conversations.applySummaries([{ ...aSummary(id), activityAt: null, mentionedIds }]);
        return id;
      };
      const group = await addTeam({ memberIds: [viewer.id], activityAt: at(3) });
      const channel = await addTeam({ kind: 'channel', visibility: 'public', activityAt: at(2) });
      const support = await add({ status: 'resolved', activityAt: at(1) });
      for (const one of [support, group, channel]) await mention(one, newId(), viewer.id);
      await mention(support, newId());
      await mention(await addTeam({ memberIds: [newId()] }), viewer.id);
      await mention(await add(), newId());
      await add();
      expect(await list({ mentioned: true })).toEqual([group.id, channel.id, support.id]);
      expect(await list({ mentioned: true, kind: 'support' })).toEqual([support.id]);
      expect(await list({ mentioned: true, status: 'open' })).toEqual([group.id, channel.id]);
      expect(await list({ mentioned: true }, { type: 'agent', id: newId() })).toEqual([]);
      expect(await list({ mentioned: true }, viewer, aScope())).toEqual([]);
    });

    it('finds parts of words in subject and names of any language, and takes signs as signs', async () => {
      const user = { id: newId(), name: '김민지', avatarUrl: null };
      const found = await add({ subject: 'Exchange (A-1001)', user });
      await add({ subject: 'Exit hanger', user: { ...user, id: newId(), name: '민수' } });
      for (const query of ['민지', 'CHANGE', '(A-1', '지', 'a-1001', '민지 exchange']) {
        expect([query, await list({ query })]).toEqual([query, [found.id]]);
      }
      expect(await list({ query: '.*' })).toEqual([]);
      await conversations.patch(scope, found.id, { subject: '환불' }, BY);
      expect([await list({ query: '환불' }), await list({ query: 'change' })]).toEqual([[found.id], []]);
    });
  });

  describe('archive', () => {
    it('keeps the first time, until it is taken out again', async () => {
      const before = await addTeam({ kind: 'channel', name: 'product' });
      const archived = await conversations.archive(organization, before.id, true, BY);
      expect(archived).toMatchObject({ archivedAt: NOW, updatedAt: NOW });
      expect(await conversations.archive(organization, before.id, true, aStamp(at(4_000)))).toEqual(archived);
      const back = await conversations.archive(organization, before.id, false, aStamp(at(5_000)));
      expect(back).toMatchObject({ archivedAt: null, updatedAt: at(5_000) });
      expect(await conversations.archive(organization, before.id, false, aStamp(at(6_000)))).toEqual(back);
    });

    it('is out of lists, and listed by itself', async () => {
      const member = { memberIds: [viewer.id], activityAt: at(1) };
      const archived = [
        await addTeam({ ...member, archivedAt: at(5) }),
        await addTeam({ kind: 'channel', visibility: 'public', archivedAt: at(5), activityAt: at(0) }),
      ].map(({ id }) => id);
      await addTeam({ kind: 'channel', visibility: 'private', archivedAt: at(5) });
      const kept = [await addTeam({ ...member, activityAt: at(3) }), await add({ activityAt: at(2) })];
      expect(await list()).toEqual(kept.map(({ id }) => id));
      expect(await list({ kind: 'channel' })).toEqual([]);
      expect(await list({ archived: false })).toEqual(kept.map(({ id }) => id));
      expect(await list({ archived: true })).toEqual(archived);
      expect(await list({ archived: true, kind: 'channel' })).toEqual([archived[1]]);
      expect(await list({ archived: true }, { type: 'partner' })).toEqual([]);
    });
  });

  it('lists what the viewer belongs to, or what there is besides', async () => {
    const channel = { kind: 'channel', visibility: 'public' } as const;
    const mine = [
      await addTeam({ ...channel, memberIds: [viewer.id], activityAt: at(4) }),
      await addTeam({ kind: 'group', memberIds: [viewer.id], activityAt: at(3) }),
    ].map(({ id }) => id);
    const open = (await addTeam({ ...channel, activityAt: at(2) })).id;
    await addTeam({ ...channel, visibility: 'private', activityAt: at(1) });
    expect(await list({ joined: true })).toEqual(mine);
    expect(await list({ joined: false })).toEqual([open]);
    expect(await list({ joined: true, kind: 'channel' })).toEqual([mine[0]]);
    expect(await list({ joined: false, archived: true })).toEqual([]);
  });

  it('knows the conversations of users', async () => {
    const user = { id: newId(), name: 'Kim', avatarUrl: null };
    const older = await add({ user, activityAt: at(1) });
    const newer = await add({ user, activityAt: at(2) });
    expect(await conversations.listIdsOfUser(scope, user.id)).toEqual([newer.id, older.id]);
    const owned = await conversations.listOfUsers(scope, [user.id, newId()]);
    expect(owned.map(({ id }) => id).sort()).toEqual([older.id, newer.id].sort());
    expect(owned.every(({ userId }) => userId === user.id)).toBe(true);
  });

  it('knows which conversations between agents one of them may see', async () => {
    const [mine, stranger] = [newId(), newId()];
    await add();
    const group = await addTeam({ memberIds: [mine, stranger] });
    await addTeam({ memberIds: [stranger] });
    const channel = await addTeam({ kind: 'channel', visibility: 'public', memberIds: [stranger] });
    const seen = await conversations.listTeamIds(organization, mine);
    expect(seen.sort()).toEqual([group.id, channel.id].sort());
    expect(await conversations.listTeamIds(aScope(), mine)).toEqual([]);
  });

  it('lists whatever was changed since, also when nobody spoke', async () => {
    const assigned = await add();
    const spoken = await add();
    await add();
    await conversations.applySummaries([aSummary(spoken.id, { createdAt: at(10) })]);
    await conversations.assign(scope, assigned.id, newId(), aStamp(at(20)));
    const changed = await conversations.listChangedSince(organization, at(5), 10);
    expect(changed.map(({ id }) => id)).toEqual([assigned.id, spoken.id]);
    expect(await conversations.listChangedSince(organization, at(5), 1)).toHaveLength(1);
  });

  describe('changes', () => {
    it('patches only what is named, whatever is in it', async () => {
      const before = await add({ subject: 'old', priority: 'high', tags: ['a'] });
      const metadata = { $set: 1, 'a.b': '$subject', deep: { $x: ['$$ROOT'] } };
      const patched = await conversations.patch(scope, before.id, { subject: '$tags', metadata }, BY);
      expect(patched).toEqual({ ...before, subject: '$tags', metadata, updatedAt: NOW });
      expect(await find(before.id)).toEqual(patched);
    });

    it('renames and describes, and finds it by its new name', async () => {
      const before = await addTeam({ kind: 'channel', name: 'product', visibility: 'public' });
      const patch = { name: '상품 이야기', description: '$name', slowModeSeconds: 30 };
      const patched = await conversations.patch(organization, before.id, patch, BY);
      expect({ ...patched, events: [] }).toEqual({ ...before, ...patch, updatedAt: NOW });
      expect([await list({ query: '이야' }), await list({ query: 'product' })]).toEqual([[before.id], []]);
      const cleared = await conversations.patch(organization, before.id, { description: null }, BY);
      expect(cleared).toMatchObject({ name: '상품 이야기', description: null });
    });

    it('assigns, sets the status, and answers what it has become', async () => {
      const { id } = await add();
      const assigneeId = newId();
      expect(await conversations.assign(scope, id, assigneeId, BY)).toMatchObject({
        assigneeId,
        updatedAt: NOW,
      });
      expect(await conversations.setStatus(scope, id, RESOLVED, BY)).toMatchObject(RESOLVED);
      expect(await conversations.assign(scope, id, null, BY)).toMatchObject({
        assigneeId: null,
        ...RESOLVED,
      });
    });

    it('gives it to a team, says so when that makes a difference, and forgets a team that is gone', async () => {
      const { id } = await add();
      const teamId = newId();
      const given = await conversations.assignTeam(scope, id, teamId, BY);
      expect(given).toMatchObject({ teamId, updatedAt: NOW });
      expect(given?.events).toEqual([{ ...BY, event: 'team_assigned', teamId }]);
      expect((await conversations.assignTeam(scope, id, teamId, aStamp(NOW)))?.events).toHaveLength(1);
      await conversations.forgetTeam(aScope(), teamId);
      expect(await find(id)).toMatchObject({ teamId });
      await conversations.forgetTeam(organization, teamId);
      expect(await find(id)).toMatchObject({ teamId: null });
    });

    it('adds tags once and removes them, also of two who do it at once', async () => {
      const { id } = await add({ tags: ['new', 'vip'] });
      const retag = (change: TagChange) =>
        conversations.changeMany(scope, [{ id, tags: { change, by: BY } }]);
      const retagged = await retag({ add: ['refund', '$x', 'refund', 'vip'], remove: ['new', 'gone'] });
      expect(retagged).toMatchObject([{ tags: ['vip', 'refund', '$x'], updatedAt: NOW }]);
      await Promise.all(['a', 'b'].map((tag) => retag({ add: [tag], remove: ['$x'] })));
      expect([...(await find(id)).tags].sort()).toEqual(['a', 'b', 'refund', 'vip']);
    });

    it('changes many at once, each with the events of every change to it', async () => {
      const [one, two] = [await add({ tags: ['new'] }), await add({ status: 'resolved', resolvedAt: at(1) })];
      const foreign = aConversationDraft();
      await conversations.create(aScope(), foreign);
      const [teamId, assigneeId] = [newId(), newId()];
      const stamps = Array.from({ length: 8 }, () => aStamp(NOW));
      const changeOf = (id: string, from: number) => ({
        id,
        tags: { change: { add: ['refund'], remove: ['new'] }, by: aStamp(NOW) },
        priority: { to: 'high' as const, by: aStamp(NOW) },
        team: { id: teamId, by: stamps[from]! },
        assignee: { id: assigneeId, by: stamps[from + 1]! },
        status: { change: RESOLVED, by: stamps[from + 2]! },
      });
      const changed = await conversations.changeMany(organization, [
        changeOf(one.id, 0),
        changeOf(two.id, 3),
        changeOf(foreign.id, 0),
      ]);
      const made = { tags: ['refund'], priority: 'high', teamId, assigneeId, ...RESOLVED, updatedAt: NOW };
      expect(changed).toHaveLength(2);
      expect(await find(one.id)).toMatchObject(made);
      expect((await find(one.id)).events).toEqual([
        { ...stamps[0], event: 'team_assigned', teamId },
        { ...stamps[1], event: 'assigned', assigneeId },
        { ...stamps[2], event: 'status_changed', status: 'resolved', previousStatus: 'open', until: null },
      ]);
      expect((await find(two.id)).events.map(({ event }) => event)).toEqual(['team_assigned', 'assigned']);
      expect(await conversations.changeMany(organization, [])).toEqual([]);
      const partly = await conversations.changeMany(organization, [
        { id: one.id, assignee: { id: null, by: stamps[6]! } },
      ]);
      expect(partly).toMatchObject([{ ...made, assigneeId: null }]);
    });

    it('adds members once and removes them', async () => {
      const [a, b] = [newId(), newId()];
      const { id } = await addTeam({ memberIds: [a] });
      expect(await conversations.addMembers(organization, id, [a, b], BY)).toMatchObject({
        memberIds: [a, b],
      });
      expect(await conversations.removeMembers(organization, id, [a, newId()], BY)).toMatchObject({
        memberIds: [b],
      });
    });

    describe('who belongs', () => {
      const remove = (id: string, ...agentIds: string[]) =>
        conversations.removeMembers(organization, id, agentIds, BY);
      const membershipsSince = async (since: Date, ...ids: string[]) =>
        (await conversations.listMembershipsSince(since)).filter(({ conversation }) =>
          ids.includes(conversation.id),
        );

      it('is numbered with each change', async () => {
        const [a, b] = [newId(), newId()];
        const { id, membersRev } = await addTeam({ memberIds: [a, b] });
        expect(membersRev).toBe(0);
        expect(await remove(id, a)).toMatchObject({ memberIds: [b], membersRev: 1 });
        expect(await conversations.addMembers(organization, id, [a], BY)).toMatchObject({ membersRev: 2 });
      });

      it('is listed from the moment of its last change, with those who left', async () => {
        const [a, b, c] = [newId(), newId(), newId()];
        const first = await addTeam({ memberIds: [a, b, c] });
        const second = await addTeam({ memberIds: [a, b] });
        const untouched = await addTeam({ memberIds: [a, b] });
        for (const { id } of [first, second]) await remove(id, a, newId());
        const ids = [first.id, second.id, untouched.id];
        const [one, two] = await membershipsSince(new Date(0), ...ids);
        expect([one, two]).toMatchObject([
          { conversation: { id: first.id, memberIds: [b, c], membersRev: 1 }, leftIds: [a] },
          { conversation: { id: second.id, memberIds: [b] }, leftIds: [a] },
        ]);
        expect(await membershipsSince(two!.changedAt, ...ids)).toContainEqual(two);
        expect((await conversations.lastMembershipChange())!.getTime()).toBeGreaterThanOrEqual(
          two!.changedAt.getTime(),
        );
        expect(await membershipsSince(new Date(two!.changedAt.getTime() + 1), ...ids)).toEqual([]);
      });

      it('forgets that somebody left who is back', async () => {
        const [a, b, c] = [newId(), newId(), newId()];
        const { id } = await addTeam({ memberIds: [a, b, c] });
        await remove(id, a, b);
        await conversations.addMembers(organization, id, [a], BY);
        expect(await membershipsSince(new Date(0), id)).toMatchObject([{ leftIds: [b] }]);
      });

      it('takes an id for an id, whatever it looks like', async () => {
        const member = newId();
        const { id } = await addTeam({ memberIds: [member] });
        expect(await remove(id, '$memberIds', '$$ROOT')).toMatchObject({ memberIds: [member] });
        expect(await conversations.addMembers(organization, id, ['$priority'], BY)).toMatchObject({
          memberIds: [member, '$priority'],
        });
      });
    });

    it('renames a user in all its conversations, and finds them by the new name', async () => {
      const conversation = await add({ subject: 'order' });
      const user = { id: conversation.user?.id ?? '', name: '이서준', avatarUrl: 'https://a.example/b.png' };
      await conversations.renameUser(scope, user.id, user);
      expect((await find(conversation.id)).user).toEqual(user);
      expect([await list({ query: '서준' }), await list({ query: 'order' })]).toEqual([
        [conversation.id],
        [conversation.id],
      ]);
    });

    it('erases those of a user', async () => {
      const { id, user } = await add();
      const kept = await add();
      expect(await conversations.eraseOfUser(scope, user?.id ?? '')).toEqual([id]);
      expect(await list()).toEqual([kept.id]);
    });
  });

  describe('applySummaries', () => describeConversationSummaries(create));

  describe('rate', () => {
    const rating = { score: 4, comment: '$score' };

    it('keeps the last one, with an event for each that is another one', async () => {
      const { id } = await add();
      const stamps = [1, 2, 3].map((second) => aStamp(at(second)));
      const given = [rating, rating, { score: 4, comment: null }];
      for (const [index, by] of stamps.entries()) await conversations.rate(scope, id, given[index]!, by);
      const { rating: kept, events } = await find(id);
      expect(kept).toEqual({ ...given[2], ratedAt: stamps[2]!.at });
      expect(events).toEqual([
        { ...stamps[0], event: 'rated', ...rating },
        { ...stamps[2], event: 'rated', ...given[2] },
      ]);
    });

    it('is not there before the first, nor for another tenant', async () => {
      const { id, rating: before } = await add();
      expect(before).toBeNull();
      expect(await conversations.rate({ organizationId: newId() }, id, rating, BY)).toBeNull();
      expect((await find(id)).rating).toBeNull();
    });
  });

  describe('events', () => {
    it('are there from the start where a draft has them', async () => {
      const created = { ...aStamp(at(1)), event: 'created' as const };
      const { id, events } = await add({ events: [created] });
      expect(events).toEqual([created]);
      expect((await find(id)).events).toEqual([created]);
    });

    const eventsOf = async (id: string) =>
      (await conversations.findMany(organization, [id])).flatMap(({ events }) => events);

    it('are noted with what they changed, in the order of their making', async () => {
      const { id } = await add();
      const assigneeId = newId();
      const [assign, resolve, snooze] = [1, 2, 3].map((second) => aStamp(at(second)));
      const until = at(9_000);
      await conversations.assign(scope, id, assigneeId, assign!);
      const resolved = await conversations.setStatus(scope, id, RESOLVED, resolve!);
      await conversations.setStatus(scope, id, { ...OPEN, status: 'snoozed', snoozedUntil: until }, snooze!);
      const events = [
        { ...assign!, event: 'assigned', assigneeId },
        { ...resolve!, event: 'status_changed', status: 'resolved', previousStatus: 'open', until: null },
        { ...snooze!, event: 'status_changed', status: 'snoozed', previousStatus: 'resolved', until },
      ];
      expect(resolved?.events).toEqual(events.slice(0, 2));
      expect(await eventsOf(id)).toEqual(events);
    });

    it('are noted of names, members and the archive', async () => {
      const [a, b, c] = [newId(), newId(), newId()];
      const { id } = await addTeam({ kind: 'channel', name: '$old', memberIds: [a] });
      await conversations.patch(organization, id, { name: '$new' }, BY);
      await conversations.addMembers(organization, id, [a, b, c, b], BY);
      await conversations.removeMembers(organization, id, [b, newId()], BY);
      await conversations.archive(organization, id, true, BY);
      await conversations.archive(organization, id, false, BY);
      expect(await eventsOf(id)).toEqual([
        { ...BY, event: 'renamed', name: '$new', previousName: '$old' },
        { ...BY, event: 'participants_added', agentIds: [b, c] },
        { ...BY, event: 'participants_removed', agentIds: [b] },
        { ...BY, event: 'archived' },
        { ...BY, event: 'unarchived' },
      ]);
    });

    it('are none where nothing changed', async () => {
      const assigneeId = newId();
      const { id } = await add({ assigneeId });
      await conversations.assign(scope, id, assigneeId, BY);
      await conversations.setStatus(scope, id, OPEN, BY);
      await conversations.patch(scope, id, { subject: 'other' }, BY);
      const team = await addTeam({ name: 'same', memberIds: [assigneeId] });
      await conversations.patch(organization, team.id, { name: 'same' }, BY);
      await conversations.addMembers(organization, team.id, [assigneeId], BY);
      await conversations.removeMembers(organization, team.id, [newId()], BY);
      await conversations.archive(organization, team.id, false, BY);
      expect([await eventsOf(id), await eventsOf(team.id)]).toEqual([[], []]);
    });

    it('are listed until they are said, of every tenant', async () => {
      const { id } = await add();
      const [early, late] = [aStamp(at(1)), aStamp(at(20))];
      await conversations.assign(scope, id, newId(), early);
      await conversations.assign(scope, id, null, late);
      const unsaid = async (before: Date) =>
        (await conversations.listUnsaid(before, 500)).filter((one) => one.id === id);
      expect([await unsaid(at(0)), (await unsaid(at(10)))[0]?.events.length]).toEqual([[], 2]);
      await conversations.completeEvents(aScope(), id, [early.id]);
      await conversations.completeEvents(scope, id, [early.id, newId()]);
      expect([await unsaid(at(10)), await eventsOf(id)]).toMatchObject([[], [{ id: late.id }]]);
      await conversations.completeEvents(scope, id, [late.id]);
      expect([await unsaid(at(99)), await eventsOf(id)]).toEqual([[], []]);
    });
  });

  describe('wakeOverdue', () => {
    it('wakes what was snoozed until now, for one of those who ask at once', async () => {
      const snooze = async (until: Date | null) => {
        const { id } = await add();
        await conversations.setStatus(
          scope,
          id,
          { ...OPEN, status: 'snoozed', snoozedUntil: until },
          aStamp(at(0)),
        );
        return id;
      };
      const [due] = [await snooze(at(10)), await snooze(at(30)), await snooze(null)];
      const wake = async () =>
        (await conversations.wakeOverdue(at(20), 500)).filter(
          ({ organizationId }) => organizationId === scope.organizationId,
        );
      const woken = (await Promise.all([wake(), wake(), wake()])).flat();
      expect(woken).toMatchObject([{ id: due, ...OPEN, activityAt: at(20) }]);
      expect(woken[0]?.events.at(-1)).toMatchObject({
        actor: { type: 'system' },
        event: 'status_changed',
        status: 'open',
        previousStatus: 'snoozed',
      });
      expect(await list({ status: 'snoozed' })).toHaveLength(2);
    });
  });
}
