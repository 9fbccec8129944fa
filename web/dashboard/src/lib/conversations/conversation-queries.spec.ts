import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { aConversation, aLastMessage, at, SELF } from '../../test/factories';
import type { ConversationView } from '../wire';
import { allConversations, type ConversationFilter, type ConversationPages } from './conversation-list';
import {
  applyConversationFact,
  applyConversationFacts,
  conversationListQuery,
  conversationQuery,
  isCounted,
  isUnreadUnknown,
  refreshConversations,
} from './conversation-queries';

const OPEN: ConversationFilter = { kind: 'support', status: 'open' };
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
