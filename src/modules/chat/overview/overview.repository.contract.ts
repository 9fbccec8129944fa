import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import type { ConversationDraft, ConversationRepository } from '../conversation.repository.js';
import { aConversationDraft, aScope, aStamp, aSummary, aTeamDraft } from '../fakes/factories.fake.js';
import type { OverviewRepository } from './overview.repository.js';

interface Setting {
  overviews: OverviewRepository;
  conversations: ConversationRepository;
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute));
const MINUTE_MS = 60_000;
const FROM = at(0);
const AGENT = { type: 'agent', id: newId(), name: 'Jiwoo Park', avatarUrl: null } as const;

/** What every OverviewRepository does, the fake as well as the real one. */
export function describeOverviewRepository(create: () => Setting): void {
  let setting: Setting;
  let scope: EnvironmentScope;
  let organization: { organizationId: string };

  beforeEach(() => {
    setting = create();
    scope = aScope();
    organization = { organizationId: scope.organizationId };
  });

  const add = async (given: Partial<ConversationDraft> = {}) => {
    const draft = aConversationDraft({ ...scope, createdAt: at(0), ...given });
    return (await setting.conversations.create(organization, draft)).conversation;
  };
  const figures = () => setting.overviews.figures(organization, FROM);
  const answer = (id: string, answeredAt: Date) =>
    setting.conversations.applySummaries([
      { ...aSummary(id, { sender: AGENT, createdAt: answeredAt }), answeredAt },
    ]);

  it('knows of nothing where nothing is', async () => {
    expect(await figures()).toEqual({
      created: 0,
      resolved: 0,
      waiting: 0,
      waitingSince: null,
      firstResponseMs: { median: null, p90: null },
      resolutionMs: { median: null, p90: null },
      rating: { average: null, count: 0 },
    });
  });

  it('counts what began, support only, here only', async () => {
    await add();
    await add({ createdAt: at(-1) });
    await add({ createdAt: at(5), environmentId: newId() });
    await setting.conversations.create(organization, aTeamDraft({ ...organization, createdAt: at(1) }));
    expect(await figures()).toMatchObject({ created: 2 });
    expect(await setting.overviews.figures(scope, FROM)).toMatchObject({ created: 1 });
    expect(await setting.overviews.figures(aScope(), FROM)).toMatchObject({ created: 0 });
  });

  it('measures the time to the first answer, whatever is said later', async () => {
    for (const minutes of [1, 2, 3]) {
      const { id } = await add();
      await answer(id, at(minutes));
      await answer(id, at(minutes + 30));
    }
    const before = await add({ createdAt: at(-60) });
    await answer(before.id, at(-50));
    await add();
    const { firstResponseMs } = await figures();
    expect(firstResponseMs).toEqual({ median: 2 * MINUTE_MS, p90: 3 * MINUTE_MS });
  });

  it('measures the time to the end of what is resolved and still is', async () => {
    const resolve = async (id: string, minute: number, status: 'open' | 'resolved' = 'resolved') => {
      const resolvedAt = status === 'resolved' ? at(minute) : null;
      const change = { status, snoozedUntil: null, resolvedAt };
      await setting.conversations.setStatus(organization, id, change, aStamp(at(minute)));
    };
    for (const minutes of [10, 20, 40]) await resolve((await add()).id, minutes);
    const again = await add();
    await resolve(again.id, 5);
    await resolve(again.id, 6, 'open');
    await resolve((await add({ createdAt: at(-90) })).id, -30);
    expect(await figures()).toMatchObject({
      resolved: 3,
      resolutionMs: { median: 20 * MINUTE_MS, p90: 40 * MINUTE_MS },
    });
  });

  it('knows who waits, and since when', async () => {
    const say = (id: string, minute: number, given = {}) =>
      setting.conversations.applySummaries([aSummary(id, { createdAt: at(minute), ...given })]);
    const [waiting, pending, answered] = [await add(), await add({ status: 'pending' }), await add()];
    await say(waiting.id, 7);
    await say(pending.id, 9);
    await say((await add({ status: 'snoozed' })).id, 1);
    await say((await add({ status: 'resolved' })).id, 1);
    await say(answered.id, 2);
    await say(answered.id, 3, { seq: 2, sender: AGENT });
    await say(waiting.id, 8, { seq: 2, sender: AGENT, private: true });
    expect(await figures()).toMatchObject({ waiting: 2, waitingSince: at(7) });
  });

  it('knows how content users were', async () => {
    for (const [score, minute] of [
      [5, 1],
      [4, 2],
      [1, -1],
    ] as const)
      await setting.conversations.rate(
        organization,
        (await add()).id,
        { score, comment: null },
        aStamp(at(minute)),
      );
    expect(await figures()).toMatchObject({ rating: { average: 4.5, count: 2 } });
  });
}
