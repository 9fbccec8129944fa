import { describe, expect, it } from 'vitest';
import { aChannel, aConversation, aLastMessage, anAgent, at, personOf, SELF } from '../../test/factories';
import type { ConversationView } from '../wire';
import {
  allConversations,
  reduceConversationPages,
  withoutRepeats,
  type ConversationFilter,
  type ConversationPages,
} from './conversation-list';

const ALL_OPEN: ConversationFilter = { kind: 'support', status: 'open' };

function pagesOf(...pages: ConversationView[][]): ConversationPages {
  return {
    pages: pages.map((items, index) => ({ items, nextCursor: index < pages.length - 1 ? `${index}` : null })),
    pageParams: pages.map(() => null),
  };
}

/** A conversation whose last message came at the minute, with its number the same as the minute. */
function active(id: string, minute: number, fields: Partial<ConversationView> = {}): ConversationView {
  const lastMessage = aLastMessage({ seq: minute, createdAt: at(minute), ...fields.lastMessage });
  return aConversation({ id, headSeq: minute, updatedAt: at(minute), ...fields, lastMessage });
}

/** As it comes in an event, which is made for many. */
function withoutUnread({ unread: _unread, ...rest }: ConversationView): ConversationView {
  return rest;
}

const change = (pages: ConversationPages, conversation: ConversationView, filter = ALL_OPEN) =>
  reduceConversationPages(pages, filter, { type: 'changed', conversation }, SELF.id);
const ids = (pages: ConversationPages) => allConversations(pages).map((one) => one.id);
const unreadOf = (pages: ConversationPages, id: string) =>
  allConversations(pages).find((one) => one.id === id)?.unread;

describe('reduceConversationPages', () => {
  it('stays the same object when somebody is called as before, or stands nowhere in it', () => {
    const pages = pagesOf([active('a', 5)]);
    const user = allConversations(pages)[0]!.user!;
    for (const person of [user, { ...user, id: 'user-9', name: 'Haeun' }])
      expect(reduceConversationPages(pages, ALL_OPEN, { type: 'renamed', person }, SELF.id)).toBe(pages);
  });

  it('puts a new conversation on top', () => {
    expect(ids(change(pagesOf([active('a', 5)]), active('b', 6)))).toEqual(['b', 'a']);
  });

  it('moves a conversation up when a message comes', () => {
    const pages = pagesOf([active('a', 5), active('b', 4)]);
    expect(ids(change(pages, withoutUnread(active('b', 6))))).toEqual(['b', 'a']);
  });

  it('moves it up over the border of pages and shows it once', () => {
    const pages = pagesOf([active('a', 5)], [active('b', 4)]);
    expect(ids(change(pages, withoutUnread(active('b', 6))))).toEqual(['b', 'a']);
  });

  it('leaves what is older than the loaded pages to paging', () => {
    const pages = pagesOf([active('a', 5)]);
    pages.pages[0]!.nextCursor = 'more';
    expect(ids(change(pages, active('old', 1)))).toEqual(['a']);
  });

  it('appends it when there is no further page', () => {
    expect(ids(change(pagesOf([active('a', 5)]), active('old', 1)))).toEqual(['a', 'old']);
  });

  it('takes out what no longer belongs', () => {
    const resolved = active('a', 5, { status: 'resolved', updatedAt: at(7) });
    expect(ids(change(pagesOf([active('a', 5), active('b', 4)]), resolved))).toEqual(['b']);
  });

  it('keeps to the assignee of the view', () => {
    const mine: ConversationFilter = { ...ALL_OPEN, assigneeId: SELF.id };
    const taken = active('a', 5, { assignee: personOf(SELF) });
    const given = active('a', 5, { assignee: personOf(anAgent()), updatedAt: at(8) });
    const pages = change(pagesOf([]), taken, mine);
    expect(ids(pages)).toEqual(['a']);
    expect(ids(change(pages, given, mine))).toEqual([]);
  });

  it('keeps assigned ones out of the unassigned', () => {
    const unassigned: ConversationFilter = { ...ALL_OPEN, unassigned: true };
    expect(ids(change(pagesOf([]), active('a', 5, { assignee: personOf(SELF) }), unassigned))).toEqual([]);
  });

  it('keeps to what one belongs to, and to what is not archived', () => {
    const mine: ConversationFilter = { kind: 'channel', joined: true };
    const others: ConversationFilter = { kind: 'channel', joined: false };
    const archive: ConversationFilter = { archived: true, joined: true };
    const joined = aChannel([SELF], { id: 'a', updatedAt: at(2) });
    const left = aChannel([anAgent()], { id: 'a', updatedAt: at(3) });
    const archived = { ...joined, archivedAt: at(3), updatedAt: at(3) };
    expect(ids(change(pagesOf([]), joined, mine))).toEqual(['a']);
    expect(ids(change(pagesOf([joined]), left, mine))).toEqual([]);
    expect(ids(change(pagesOf([]), left, others))).toEqual(['a']);
    expect(ids(change(pagesOf([joined]), archived, mine))).toEqual([]);
    expect(ids(change(pagesOf([]), archived, archive))).toEqual(['a']);
  });

  it('does not take a reader for a member', () => {
    const others: ConversationFilter = { kind: 'channel', joined: false };
    const looked = aChannel([anAgent()], { id: 'a', headSeq: 4, unread: 1 });
    const fact = { type: 'read', conversationId: 'a', readSeq: 4 } as const;
    const read = reduceConversationPages(pagesOf([looked]), others, fact, SELF.id);
    expect(allConversations(read)[0]?.participants.map(({ id }) => id)).toEqual([anAgent().id]);
  });

  it('does not judge a text search: it updates what was found and adds nothing', () => {
    const search: ConversationFilter = { ...ALL_OPEN, query: 'parcel' };
    const pages = change(pagesOf([active('a', 5)]), active('b', 6), search);
    expect(ids(pages)).toEqual(['a']);
    expect(unreadOf(change(pages, active('a', 7, { unread: 9 }), search), 'a')).toBe(9);
  });

  it('ignores an event that was overtaken', () => {
    const pages = pagesOf([active('a', 9)]);
    expect(change(pages, withoutUnread(active('a', 5)))).toBe(pages);
  });

  describe('unread', () => {
    it('does not guess what counts of a message that was let through after the head had passed it', () => {
      const held = active('a', 5, { unread: 1 });
      const pages = pagesOf([{ ...held, headSeq: 6 }]);
      const approved = { ...active('a', 6), headRev: 1, lastMessage: aLastMessage({ id: 'm6', seq: 6 }) };
      expect(unreadOf(change(pages, withoutUnread(approved)), 'a')).toBeUndefined();
    });

    it('grows by what came', () => {
      const pages = pagesOf([active('a', 5, { unread: 1 })]);
      expect(unreadOf(change(pages, withoutUnread(active('a', 8))), 'a')).toBe(4);
    });

    it('does not grow by events and by replies that stay in their thread', () => {
      const { lastMessage } = active('a', 5);
      const aside = active('a', 8, { lastMessage });
      expect(unreadOf(change(pagesOf([active('a', 5, { unread: 1 })]), withoutUnread(aside)), 'a')).toBe(1);
    });

    it('stops at a hundred', () => {
      const pages = pagesOf([active('a', 105, { unread: 99 })]);
      expect(unreadOf(change(pages, withoutUnread(active('a', 150))), 'a')).toBe(100);
    });

    it('is none after my own message', () => {
      const mine = active('a', 6, {
        lastMessage: aLastMessage({ seq: 6, createdAt: at(6), sender: personOf(SELF) }),
      });
      expect(unreadOf(change(pagesOf([active('a', 5)]), withoutUnread(mine)), 'a')).toBe(0);
    });

    it('shrinks when I read', () => {
      const pages = pagesOf([active('a', 5, { unread: 3 })]);
      const read = reduceConversationPages(
        pages,
        ALL_OPEN,
        { type: 'read', conversationId: 'a', readSeq: 5 },
        SELF.id,
      );
      expect(unreadOf(read, 'a')).toBe(0);
    });

    it('counts nothing that was read before its event came', () => {
      const pages = pagesOf([active('a', 5, { unread: 0 })]);
      const fact = { type: 'read', conversationId: 'a', readSeq: 6 } as const;
      const read = reduceConversationPages(pages, ALL_OPEN, fact, SELF.id);
      expect(unreadOf(change(read, withoutUnread(active('a', 6))), 'a')).toBe(0);
    });

    it('is unknown for what was not held before', () => {
      expect(unreadOf(change(pagesOf([]), withoutUnread(active('a', 5))), 'a')).toBeUndefined();
    });
  });

  it('forgets a conversation to which access ended', () => {
    const pages = pagesOf([active('a', 5)], [active('b', 4)]);
    const after = reduceConversationPages(pages, ALL_OPEN, { type: 'removed', conversationId: 'b' }, SELF.id);
    expect(ids(after)).toEqual(['a']);
  });

  it('leaves all other pages as they were', () => {
    const pages = pagesOf([active('a', 9)], [active('b', 8)], [active('c', 7)]);
    const after = change(pages, withoutUnread(active('b', 10)));
    expect(ids(after)).toEqual(['b', 'a', 'c']);
    expect(after.pages[2]).toBe(pages.pages[2]);
    expect(allConversations(after)).toBe(allConversations(after));
  });
});

describe(withoutRepeats, () => {
  it('takes what moved up while a page was read out of that page', () => {
    const pages = pagesOf([active('b', 9), active('a', 8)], [active('b', 3), active('c', 2)]);
    const whole = withoutRepeats(pages, (page) => page === pages.pages[1]);
    expect(ids(whole)).toEqual(['b', 'a', 'c']);
    expect(whole.pages[0]).toBe(pages.pages[0]);
  });
});

describe('a filter', () => {
  const fits = (filter: ConversationFilter, fields: Partial<ConversationView>) =>
    ids(change(pagesOf([]), active('a', 1, fields), { ...ALL_OPEN, ...filter })).length === 1;

  it.each<[ConversationFilter, Partial<ConversationView>, Partial<ConversationView>]>([
    [{ teamId: 'team-1' }, { team: { id: 'team-1', name: 'Refunds' } }, { team: null }],
    [{ tag: 'vip' }, { tags: ['new', 'vip'] }, { tags: ['new'] }],
    [{ priority: 'urgent' }, { priority: 'urgent' }, { priority: 'high' }],
    [{ environmentId: 'environment-1' }, {}, { environmentId: 'environment-2' }],
  ])('lets in what fits it: %j', (filter, fitting, other) => {
    expect(fits(filter, fitting)).toBe(true);
    expect(fits(filter, other)).toBe(false);
  });

  it('of mentions adds nothing by itself: who is mentioned stands in no conversation', () => {
    expect(ids(change(pagesOf([]), active('a', 1), { mentioned: true }))).toEqual([]);
    expect(ids(change(pagesOf([active('a', 1)]), active('a', 2), { mentioned: true }))).toEqual(['a']);
  });
});
