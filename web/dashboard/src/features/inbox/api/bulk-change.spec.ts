import { beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../lib/session';
import { aConversation, anAgent, aSession, personOf } from '../../../test/factories';
import { fakeServer, refusal } from '../../../test/fake-server';
import { changed, sendChange, undoingOf, type Change } from './bulk-change';

const JIHOON = personOf(anAgent());
const NOBODY_KNOWN = { agents: [], teams: [] };

describe(changed, () => {
  it('shows who has it, what it is, and what it is about', () => {
    const change: Change = {
      assigneeId: JIHOON.id,
      status: 'snoozed',
      until: '2026-12-01T00:00:00.000Z',
      addTags: ['vip'],
      removeTags: ['new'],
      priority: 'high',
    };
    const known = { agents: [JIHOON], teams: [] };
    expect(changed(aConversation({ tags: ['new', 'refund'] }), change, known)).toMatchObject({
      assignee: { name: 'Jihoon' },
      status: 'snoozed',
      snoozedUntil: '2026-12-01T00:00:00.000Z',
      tags: ['refund', 'vip'],
      priority: 'high',
    });
    const given = aConversation({ assignee: JIHOON });
    expect(changed(given, { assigneeId: null }, NOBODY_KNOWN).assignee).toBeNull();
  });
});

describe(undoingOf, () => {
  it('gives each back what it had, those with the same past together', () => {
    const before = [
      aConversation({ id: 'a', assignee: JIHOON }),
      aConversation({ id: 'b' }),
      aConversation({ id: 'c' }),
    ];
    expect(undoingOf(before, { assigneeId: 'agent-1' })).toEqual([
      { ids: ['a'], change: { assigneeId: JIHOON.id } },
      { ids: ['b', 'c'], change: { assigneeId: null } },
    ]);
  });

  it('takes only those tags back that were not there before', () => {
    const before = [aConversation({ id: 'a', tags: ['vip'] }), aConversation({ id: 'b' })];
    expect(undoingOf(before, { addTags: ['vip'] })).toEqual([
      { ids: ['b'], change: { removeTags: ['vip'] } },
    ]);
  });

  it('snoozes again until the same time', () => {
    const snoozedUntil = '2026-12-01T00:00:00.000Z';
    const before = [aConversation({ id: 'a', status: 'snoozed', snoozedUntil })];
    expect(undoingOf(before, { status: 'open' })).toEqual([
      { ids: ['a'], change: { status: 'snoozed', until: snoozedUntil } },
    ]);
  });
});

describe(sendChange, () => {
  beforeEach(() => signIn(aSession()));
  const ids = Array.from({ length: 120 }, (_, index) => `conversation-${index}`);

  it('asks for a hundred at a time, and says of each how it went', async () => {
    const { requests } = fakeServer({
      'POST /v1/conversations/bulk': ({ body }) => ({
        body: {
          items: (body as { ids: string[] }).ids.map((id) =>
            id === 'conversation-1'
              ? { id, ok: false, error: { code: 'chat.not_found', message: 'No.', requestId: 'r' } }
              : { id, ok: true },
          ),
        },
      }),
    });
    const outcomes = await sendChange(ids, { status: 'resolved' });
    expect(requests.map(({ body }) => (body as { ids: string[] }).ids.length)).toEqual([100, 20]);
    expect(outcomes.filter(({ error }) => error).map(({ id, error }) => [id, error!.code])).toEqual([
      ['conversation-1', 'chat.not_found'],
    ]);
  });

  it('goes on after a request that failed as a whole', async () => {
    let asked = 0;
    fakeServer({
      'POST /v1/conversations/bulk': ({ body }) => {
        asked += 1;
        if (asked === 1) return refusal(429, 'common.rate_limited');
        return { body: { items: (body as { ids: string[] }).ids.map((id) => ({ id, ok: true })) } };
      },
    });
    const outcomes = await sendChange(ids, { status: 'resolved' });
    expect(outcomes).toHaveLength(120);
    expect(outcomes.filter(({ error }) => error?.code === 'common.rate_limited')).toHaveLength(100);
  });
});
