import { beforeEach, expect, it } from '@jest/globals';
import { EVERY_TENANT, type EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { ConversationDraft, ConversationRepository } from './conversation.repository.js';
import { aConversationDraft, aScope, aStamp, aSummary } from './fakes/factories.fake.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds));
const BY = aStamp(at(3_000));
const OPEN = { status: 'open', snoozedUntil: null, resolvedAt: null } as const;
const RESOLVED = { ...OPEN, status: 'resolved', resolvedAt: BY.at } as const;

/** The part of ConversationRepository's contract that is about what its messages leave on a conversation. */
export function describeConversationSummaries(create: () => ConversationRepository): void {
  let conversations: ConversationRepository;
  let scope: EnvironmentScope;

  beforeEach(() => {
    conversations = create();
    scope = aScope();
  });

  const add = async (given: Partial<ConversationDraft> = {}) =>
    (await conversations.create(scope, aConversationDraft({ ...scope, ...given }))).conversation;
  const find = async (id: string) => {
    const found = await conversations.find(scope, id);
    if (!found) throw new Error('it is gone');
    return found;
  };

  it('says which conversations are not there', async () => {
    const { id } = await add();
    const gone = newId();
    const changes = [id, gone].map((one) => aSummary(one, { seq: 1 }));
    expect(await conversations.applySummaries(changes)).toEqual(new Set([gone]));
    expect(await conversations.applySummaries([changes[0]!])).toEqual(new Set());
    expect(await conversations.applySummaries([])).toEqual(new Set());
  });

  it('keeps the newest message, in whatever order they come', async () => {
    const { id } = await add();
    const [first, second] = [1, 2].map((seq) => aSummary(id, { seq, createdAt: at(seq), content: `${seq}` }));
    for (const change of [second!, first!, second!]) await conversations.applySummaries([change]);
    const expected = { lastSeq: 2, lastMessage: second?.lastMessage, activityAt: at(2), updatedAt: at(2) };
    expect(await find(id)).toMatchObject(expected);
  });

  it('keeps what the user may know apart, also when a note overtook it', async () => {
    const { id } = await add();
    const said = aSummary(id, { seq: 1 });
    const note = aSummary(id, { seq: 2, private: true });
    await conversations.applySummaries([note]);
    await conversations.applySummaries([said]);
    expect(await find(id)).toMatchObject({
      lastMessage: note.lastMessage,
      lastPublicMessage: said.lastMessage,
    });
  });

  it('shows the newest message as it was changed last, in whatever order they come', async () => {
    const { id } = await add({ updatedAt: at(1) });
    const said = aSummary(id, { seq: 2, createdAt: at(2), content: 'said' });
    const [edited, erased] = [4, 5].map((rev) => {
      const content = rev === 4 ? 'edited' : null;
      return aSummary(id, { seq: 2, rev, createdAt: at(2), content });
    });
    for (const change of [edited!, said, erased!, edited!]) await conversations.applySummaries([change]);
    const found = await find(id);
    expect(found).toMatchObject({ lastSeq: 2, lastRev: 5, activityAt: at(2) });
    expect([found?.lastMessage?.content, found?.lastPublicMessage?.content]).toEqual([null, null]);
    expect(found?.updatedAt.getTime()).toBeGreaterThan(at(2).getTime());
  });

  it('leaves the newest message when an older one is changed', async () => {
    const { id } = await add();
    const newest = aSummary(id, { seq: 2, content: 'newest' });
    await conversations.applySummaries([newest]);
    await conversations.applySummaries([aSummary(id, { seq: 1, rev: 1, content: 'older' })]);
    expect(await find(id)).toMatchObject({ lastSeq: 2, lastRev: 1, lastMessage: newest.lastMessage });
  });

  it('counts what no list shows, and leaves the newest message and the activity', async () => {
    const { id } = await add();
    const said = aSummary(id, { seq: 1, createdAt: at(1) });
    const aside = {
      ...aSummary(id, { seq: 2, createdAt: at(2) }),
      activityAt: null,
      lastMessage: null,
      lastPublicMessage: null,
    };
    for (const change of [said, aside]) await conversations.applySummaries([change]);
    expect(await find(id)).toMatchObject({
      lastSeq: 2,
      lastMessage: said.lastMessage,
      lastPublicMessage: said.lastMessage,
      activityAt: at(1),
      updatedAt: at(2),
    });
  });

  it('never moves activity back', async () => {
    const { id } = await add({ activityAt: at(50), updatedAt: at(50) });
    await conversations.applySummaries([aSummary(id, { createdAt: at(40) })]);
    expect(await find(id)).toMatchObject({ activityAt: at(50), updatedAt: at(50) });
  });

  it('takes many, of many tenants, and those that are gone', async () => {
    const [own, other] = [
      await add(),
      (await conversations.create(aScope(), aConversationDraft())).conversation,
    ];
    await conversations.applySummaries([own.id, other.id, newId()].map((id) => aSummary(id)));
    await conversations.applySummaries([]);
    const found = await conversations.findMany(EVERY_TENANT, [own.id, other.id]);
    expect(found.map(({ lastSeq }) => lastSeq)).toEqual([1, 1]);
  });

  const spoke = (conversationId: string, seq: number) => {
    return { ...aSummary(conversationId, { seq }), reopenedBySeq: seq };
  };

  it('reopens by what the user says later, and not by what was said before', async () => {
    const { id } = await add();
    await conversations.applySummaries([spoke(id, 1)]);
    await conversations.setStatus(scope, id, RESOLVED, BY);
    await conversations.applySummaries([spoke(id, 1)]);
    expect(await find(id)).toMatchObject(RESOLVED);
    await conversations.applySummaries([spoke(id, 2)]);
    expect(await find(id)).toMatchObject(OPEN);
    await conversations.setStatus(scope, id, { ...OPEN, status: 'pending' }, BY);
    await conversations.applySummaries([spoke(id, 3)]);
    expect((await find(id)).status).toBe('pending');
  });

  it('notes who reopened it, once, and by which message', async () => {
    const { id } = await add();
    await conversations.setStatus(scope, id, RESOLVED, BY);
    await conversations.completeEvents(scope, id, [BY.id]);
    const reopener = aStamp(at(5_000));
    await conversations.applySummaries([{ ...spoke(id, 1), reopener }]);
    await conversations.applySummaries([{ ...spoke(id, 2), reopener: aStamp(at(6_000)) }]);
    const facts = { event: 'status_changed', status: 'open', previousStatus: 'resolved', until: null };
    expect((await find(id)).events).toEqual([{ ...reopener, ...facts }]);
  });

  it('reopens by what was let through later, however long ago it was said', async () => {
    const { id } = await add();
    const letThrough = (rev: number) => ({ ...aSummary(id, { seq: 1, rev }), reopenedByRev: rev });
    await conversations.applySummaries([aSummary(id, { seq: 2, rev: 1 })]);
    await conversations.setStatus(scope, id, RESOLVED, BY);
    await conversations.applySummaries([letThrough(1)]);
    expect(await find(id)).toMatchObject(RESOLVED);
    await conversations.applySummaries([letThrough(2)]);
    expect(await find(id)).toMatchObject(OPEN);
  });

  it('reopens also when a later answer came first', async () => {
    const { id } = await add();
    await conversations.setStatus(scope, id, { ...OPEN, status: 'snoozed', snoozedUntil: at(9_000) }, BY);
    await conversations.applySummaries([aSummary(id, { seq: 2 })]);
    expect((await find(id)).status).toBe('snoozed');
    await conversations.applySummaries([spoke(id, 1)]);
    expect(await find(id)).toMatchObject({ ...OPEN, lastSeq: 2 });
  });
}
