import type { Timeline, TimelineItem } from '@fast-light-chat/sdk';
import { describe, expect, it } from 'vitest';
import { aMessage, at, personOf, SELF } from '../../../test/factories';
import type { MessageView } from '../../../lib/wire';
import { newestSeenSeq, timelineRows } from './timeline-rows';

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
    isLoadingOlder: false,
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

  it('shows what happened to the conversation as an event', () => {
    expect(kinds(timelineOf([item({ seq: 1, type: 'system' })]))).toEqual(['beginning', 'day', 'event']);
  });
});

describe('newestSeenSeq', () => {
  it('is the newest receipted message up to the reader’s marker', () => {
    const items = [
      item({ seq: 1, sender: personOf(SELF) }),
      item({ seq: 2, sender: personOf(SELF), private: true }),
      item({ seq: 3, sender: personOf(SELF) }),
    ];
    const timeline = timelineOf(items, { readMarkers: { 'user:user-1': 2 } });
    expect(newestSeenSeq(timeline, 'user:user-1', (message) => !message.private)).toBe(1);
  });
});
