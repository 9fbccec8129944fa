import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { aConversation, aLastMessage, aSession, at, SELF } from '../../test/factories';
import { fakeServer, type Answer } from '../../test/fake-server';
import { signIn } from '../session';
import type { ConversationView } from '../wire';
import {
  allConversations,
  type ConversationFact,
  type ConversationFilter,
  type ConversationPages,
} from './conversation-list';
import {
  applyConversationFact,
  applyConversationFacts,
  conversationListQuery,
  conversationQuery,
  isCounted,
  isUnreadUnknown,
  refreshConversations,
  refreshMentions,
} from './conversation-queries';

const OPEN: ConversationFilter = { kind: 'support', status: 'open' };
const MENTIONED: ConversationFilter = { mentioned: true };
const RESOLVED: ConversationFilter = { kind: 'support', status: 'resolved' };

function holding(lists: [ConversationFilter, ConversationView[][]][]) {
  const queries = new QueryClient();
  for (const [filter, pages] of lists) {
    queries.setQueryData(conversationListQuery(filter).queryKey, {
      pages: pages.map((items, index) => ({
        items,
        nextCursor: index < pages.length - 1 ? `${index}` : null,
      })),
      pageParams: pages.map(() => null),
    });
  }
  const held = (filter: ConversationFilter) =>
    queries.getQueryData(conversationListQuery(filter).queryKey) as ConversationPages;
  return { queries, held };
}

/** As it comes in an event, which is made for many. */
const told = ({ unread: _unread, ...rest }: ConversationView): ConversationView => rest;

describe(applyConversationFacts, () => {
  it('takes what is unread along when a conversation goes from one list to another', () => {
    const { queries, held } = holding([
      [OPEN, [[aConversation({ id: 'a', headSeq: 5, unread: 2 })]]],
      [RESOLVED, [[]]],
    ]);
    const conversation = told(aConversation({ id: 'a', headSeq: 5, status: 'resolved', updatedAt: at(3) }));
    applyConversationFacts(queries, [{ type: 'changed', conversation }], SELF.id);
    expect(allConversations(held(OPEN))).toEqual([]);
    expect(allConversations(held(RESOLVED))).toEqual([expect.objectContaining({ id: 'a', unread: 2 })]);
    expect(isUnreadUnknown(queries, 'a')).toBe(false);
  });

  it('calls people in every conversation of theirs as they are called now', () => {
    const minjun = { type: 'user' as const, id: 'user-1', name: 'Minjun', avatarUrl: null };
    const haeun = { ...minjun, id: 'user-2', name: 'Haeun' };
    const lists: ConversationView[][] = [
      [aConversation({ id: 'a', user: minjun }), aConversation({ id: 'b', user: haeun })],
      [aConversation({ id: 'c', user: minjun })],
    ];
    const { queries, held } = holding([[OPEN, lists]]);
    const one = conversationQuery('a').queryKey;
    queries.setQueryData(one, lists[0]![0]);
    applyConversationFacts(queries, [{ type: 'renamed', person: { ...minjun, name: 'Min' } }], SELF.id);
    expect(allConversations(held(OPEN)).map(({ user }) => user?.name)).toEqual(['Min', 'Haeun', 'Min']);
    expect(queries.getQueryData(one)?.user?.name).toBe('Min');
  });

  it('brings nothing back that something newer has taken away', () => {
    const { queries, held } = holding([[OPEN, [[aConversation({ id: 'a' })]]]]);
    const newer = told(aConversation({ id: 'a', headSeq: 3, status: 'resolved', updatedAt: at(3) }));
    const older = told(aConversation({ id: 'a', headSeq: 2, updatedAt: at(2) }));
    for (const conversation of [newer, older])
      applyConversationFacts(queries, [{ type: 'changed', conversation }], SELF.id);
    expect(allConversations(held(OPEN))).toEqual([]);
  });

  it('brings nothing into a list of which another one knows better', () => {
    const resolved = aConversation({ id: 'a', status: 'resolved', updatedAt: at(3) });
    const { queries, held } = holding([
      [OPEN, [[]]],
      [RESOLVED, [[resolved]]],
    ]);
    const conversation = { ...told(aConversation({ id: 'a', updatedAt: at(2) })), mutedUntil: at(60) };
    applyConversationFacts(queries, [{ type: 'changed', conversation }], SELF.id);
    expect(allConversations(held(OPEN))).toEqual([]);
    expect(allConversations(held(RESOLVED))).toEqual([{ ...resolved, mutedUntil: at(60) }]);
  });

  it('lets several facts about one conversation follow each other', () => {
    const { queries, held } = holding([[OPEN, [[aConversation({ id: 'a', unread: 1 })]]]]);
    const said = (seq: number) => {
      const lastMessage = aLastMessage({ seq, createdAt: at(seq) });
      return told(aConversation({ id: 'a', headSeq: seq, lastMessage, updatedAt: at(seq) }));
    };
    const facts = [said(2), said(3)].map((conversation) => ({ type: 'changed', conversation }) as const);
    applyConversationFacts(queries, facts, SELF.id);
    expect(allConversations(held(OPEN))[0]).toMatchObject({ headSeq: 3, unread: 3 });
  });
});

describe(applyConversationFact, () => {
  it('leaves what is newer in the conversation, also when no message came in between', () => {
    const queries = new QueryClient();
    const { queryKey } = conversationQuery('a');
    const newer = aConversation({ id: 'a', tags: ['x', 'y'], updatedAt: at(3) });
    queries.setQueryData(queryKey, newer);
    const conversation = { ...newer, tags: ['x'], updatedAt: at(2) };
    applyConversationFact(queries, { type: 'changed', conversation }, SELF.id);
    expect(queries.getQueryData(queryKey)).toEqual(newer);
  });
});

/** Of each request, what answers it. */
function slowServer(path: string) {
  signIn(aSession());
  const waiting: ((answer: Answer) => void)[] = [];
  fakeServer({ [`GET ${path}`]: () => new Promise<Answer>((resolve) => waiting.push(resolve)) });
  return async () => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    return waiting.pop()!;
  };
}

describe('what is heard while a list is read', () => {
  const a = aConversation({ id: 'a' });
  const b = aConversation({ id: 'b' });
  const c = aConversation({ id: 'c' });
  const d = aConversation({ id: 'd' });
  const resolved = { ...told(a), headSeq: 2, status: 'resolved' as const, updatedAt: at(9) };
  const read = (items: ConversationView[], nextCursor: string | null = null): Answer => ({
    body: { items, nextCursor },
  });

  function reading(pages: ConversationPages | undefined) {
    const asked = slowServer('/v1/conversations');
    const queries = new QueryClient();
    const query = conversationListQuery(OPEN);
    queries.setQueryData(query.queryKey, pages);
    const list = new InfiniteQueryObserver(queries, { ...query, staleTime: Infinity });
    list.subscribe(() => undefined);
    const hear = (...facts: ConversationFact[]) => applyConversationFacts(queries, facts, SELF.id);
    const held = () => allConversations(queries.getQueryData(query.queryKey));
    return { asked, list, hear, held, ids: () => held().map(({ id }) => id) };
  }

  it('stays when the next page comes, in those before it and in the new one', async () => {
    const { asked, list, hear, ids } = reading({
      pages: [{ items: [a, b], nextCursor: 'c' }],
      pageParams: [null],
    });
    const whole = list.fetchNextPage();
    const answer = await asked();
    hear({ type: 'changed', conversation: resolved }, { type: 'removed', conversationId: 'd' });
    answer(read([c, d]));
    await whole;
    expect(ids()).toEqual(['b', 'c']);
  });

  it('stays when all pages are read anew, one after another', async () => {
    const pages = [
      { items: [a, b], nextCursor: 'c' },
      { items: [c], nextCursor: null },
    ];
    const { asked, list, hear, ids } = reading({ pages, pageParams: [null, 'c'] });
    const whole = list.refetch();
    (await asked())(read([a, b], 'c'));
    const answer = await asked();
    hear({ type: 'changed', conversation: resolved });
    answer(read([c]));
    await whole;
    expect(ids()).toEqual(['b', 'c']);
  });

  it('is there when the list comes for the first time', async () => {
    const { asked, list, hear, ids } = reading(undefined);
    const whole = list.refetch({ cancelRefetch: false });
    const answer = await asked();
    hear({ type: 'changed', conversation: resolved }, { type: 'changed', conversation: told(d) });
    answer(read([a, b]));
    await whole;
    expect(ids()).toEqual(['d', 'b']);
  });

  it('gives way to what was read later', async () => {
    const { asked, list, hear, held } = reading({
      pages: [{ items: [a], nextCursor: null }],
      pageParams: [null],
    });
    const whole = list.refetch();
    const answer = await asked();
    hear({ type: 'changed', conversation: resolved });
    const later = aConversation({ id: 'a', headSeq: 3, unread: 3, updatedAt: at(10) });
    answer(read([later]));
    await whole;
    expect(held()).toEqual([later]);
  });

  it('is in a conversation that was asked for meanwhile', async () => {
    const asked = slowServer('/v1/conversations/a');
    const queries = new QueryClient();
    const whole = queries.fetchQuery(conversationQuery('a'));
    const answer = await asked();
    applyConversationFacts(queries, [{ type: 'changed', conversation: resolved }], SELF.id);
    answer({ body: { ...a, mutedUntil: at(60) } });
    await whole;
    const held = queries.getQueryData(conversationQuery('a').queryKey);
    expect(held).toMatchObject({ headSeq: 2, status: 'resolved', mutedUntil: at(60) });
  });
});

describe(isCounted, () => {
  const { queries } = holding([[OPEN, [[aConversation({ id: 'a', tags: ['x', 'y'] })]]]]);
  const changed = (fields: Partial<ConversationView>) =>
    isCounted(queries, {
      type: 'changed',
      conversation: aConversation({ id: 'a', tags: ['y', 'x'], ...fields }),
    });

  it('is what stands elsewhere now, and what was not known', () => {
    expect(changed({ status: 'pending' })).toBe(true);
    expect(changed({ team: { id: 'team-1', name: 'Refunds' } })).toBe(true);
    expect(changed({ id: 'unknown' })).toBe(true);
    expect(isCounted(queries, { type: 'removed', conversationId: 'a' })).toBe(true);
  });

  it('is no further message, and nothing among agents', () => {
    expect(changed({ headSeq: 9, updatedAt: at(9) })).toBe(false);
    expect(changed({ kind: 'channel', status: 'resolved' })).toBe(false);
  });

  it('is asked for anew when one has done it oneself', () => {
    const { queries: own } = holding([[OPEN, [[aConversation({ id: 'a' })]]]]);
    own.setQueryData(['conversation-counts'], {});
    applyConversationFact(
      own,
      { type: 'changed', conversation: aConversation({ id: 'a', status: 'resolved' }) },
      SELF.id,
    );
    expect(own.getQueryState(['conversation-counts'])?.isInvalidated).toBe(true);
  });
});

describe(refreshMentions, () => {
  it('has a list that nobody looks at asked anew later, whatever is heard until then', async () => {
    const asked = slowServer('/v1/conversations');
    const { queries } = holding([[MENTIONED, [[aConversation({ id: 'a' })]]]]);
    await refreshMentions(queries);
    for (const seq of [2, 3]) {
      const conversation = told(aConversation({ id: 'a', headSeq: seq, updatedAt: at(seq) }));
      applyConversationFacts(queries, [{ type: 'changed', conversation }], SELF.id);
    }
    const list = new InfiniteQueryObserver(queries, {
      ...conversationListQuery(MENTIONED),
      staleTime: 30_000,
    });
    list.subscribe(() => undefined);
    const mentioned = aConversation({ id: 'b' });
    (await asked())({ body: { items: [mentioned], nextCursor: null } });
    await vi.waitFor(() => expect(allConversations(list.getCurrentResult().data)).toEqual([mentioned]));
  });
});

describe(refreshConversations, () => {
  it('reads the top of a list that was scrolled far down, not all of it', async () => {
    const pages = Array.from({ length: 40 }, (_, index) => [aConversation({ id: `${index}` })]);
    const { queries, held } = holding([[OPEN, pages]]);
    await refreshConversations(queries);
    expect(held(OPEN).pages).toHaveLength(10);
    expect(held(OPEN).pageParams).toHaveLength(10);
    expect(held(OPEN).pages.at(-1)?.nextCursor).not.toBeNull();
  });
});
