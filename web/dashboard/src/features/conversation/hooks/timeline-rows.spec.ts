import type { Timeline, TimelineItem } from '@fast-light-chat/sdk';
import { describe, expect, it } from 'vitest';
import { aMessage, at, personOf, SELF } from '../../../test/factories';
import type { MessageView } from '../../../lib/wire';
import { isSameRow, messageIn, timelineRows } from './timeline-rows';

const DAY = 24 * 60;

function item(fields: Partial<MessageView>): TimelineItem {
  const message = aMessage(fields);
  return { kind: 'message', key: message.id, message };
}

function timelineOf(items: TimelineItem[], fields: Partial<Timeline> = {}): Timeline {
  return {
    status: 'ready',
    items,
    headSeq: items.length,
    headRev: 0,
    minSeq: 1,
    hasOlder: false,
    hasNewer: false,
    isLoadingOlder: false,
    isLoadingNewer: false,
    isBehind: false,
    typing: [],
    readMarkers: {},
    unreadAfterSeq: 0,
    ...fields,
  };
}

const kinds = (timeline: Timeline, unread: Parameters<typeof timelineRows>[2] = null) =>
  timelineRows(timeline, SELF.id, unread).map((row) => row.kind);

describe('timelineRows', () => {
  it('says where the conversation begins, once all of it is there', () => {
    expect(kinds(timelineOf([]))).toEqual(['beginning']);
    expect(kinds(timelineOf([], { hasOlder: true }))).toEqual([]);
  });

  it('marks each day', () => {
    const items = [
      item({ seq: 1, createdAt: at(0) }),
      item({ seq: 2, createdAt: at(1) }),
      item({ seq: 3, createdAt: at(DAY) }),
    ];
    expect(kinds(timelineOf(items))).toEqual(['beginning', 'day', 'message', 'message', 'day', 'message']);
  });

  it('draws the unread line before the first message of others that was not read', () => {
    const items = [
      item({ seq: 1 }),
      item({ seq: 2, sender: personOf(SELF) }),
      item({ seq: 3, content: 'new' }),
    ];
    const rows = kinds(timelineOf(items), { afterSeq: 1, untilSeq: 3 });
    expect(rows).toEqual(['beginning', 'day', 'message', 'message', 'unread', 'message']);
  });

  it('draws none for what comes while one looks at it', () => {
    const items = [item({ seq: 1 }), item({ seq: 2 })];
    expect(kinds(timelineOf(items), { afterSeq: 1, untilSeq: 1 })).not.toContain('unread');
  });

  it('groups what one sender says in a row, but never a note with a reply', () => {
    const items = [
      item({ seq: 1, sender: personOf(SELF) }),
      item({ seq: 2, sender: personOf(SELF) }),
      item({ seq: 3, sender: personOf(SELF), private: true }),
    ];
    const rows = timelineRows(timelineOf(items), SELF.id, null).filter((row) => row.kind === 'message');
    expect(rows.map((row) => row.isFirstOfGroup)).toEqual([true, false, true]);
    expect(rows.map((row) => row.isLastOfGroup)).toEqual([false, true, true]);
  });

  it('keeps what is on its way out of a stretch of long ago', () => {
    const pending: TimelineItem = {
      kind: 'pending',
      key: 'c1',
      clientMessageId: 'c1',
      content: 'mine',
      private: false,
      createdAt: at(2),
      state: 'sending',
    };
    const items = [item({ seq: 1 }), pending];
    expect(kinds(timelineOf(items))).toContain('pending');
    expect(kinds(timelineOf(items, { hasNewer: true }))).not.toContain('pending');
  });

  it('shows what happened to the conversation as an event', () => {
    expect(kinds(timelineOf([item({ seq: 1, type: 'system' })]))).toEqual(['beginning', 'day', 'event']);
  });
});

describe('isSameRow', () => {
  it('is true of what would be drawn in the same way', () => {
    const first = item({ seq: 1 });
    const rowOf = (items: TimelineItem[]) => timelineRows(timelineOf(items), SELF.id, null)[2]!;
    expect(isSameRow(rowOf([first]), rowOf([first]))).toBe(true);
    expect(isSameRow(rowOf([first]), rowOf([first, item({ seq: 2 })]))).toBe(false);
    expect(isSameRow(rowOf([first]), rowOf([item({ seq: 1, content: 'other' })]))).toBe(false);
  });
});

describe('messageIn', () => {
  it('finds what is loaded, and nothing else', () => {
    const timeline = timelineOf([item({ id: 'a', seq: 1 }), item({ id: 'b', seq: 2 })]);
    expect(messageIn(timeline, 'b')?.seq).toBe(2);
    expect(messageIn(timeline, 'c')).toBeNull();
  });
});
