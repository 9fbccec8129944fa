import type { TimelineItem } from '@fast-light-chat/sdk';
import { isSameDay } from './format.js';

const GROUP_GAP_MS = 5 * 60_000;

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'item'; key: string; item: TimelineItem; startsGroup: boolean; endsGroup: boolean };

/** The timeline as it is drawn: day marks, the unread line, and messages of one breath drawn together. */
export function toRows(items: readonly TimelineItem[], unreadAfterSeq: number, isOwn: IsOwn): Row[] {
  const rows: Row[] = [];
  const unreadAt = firstUnread(items, unreadAfterSeq, isOwn);
  items.forEach((item, index) => {
    const before = items[index - 1];
    const after = items[index + 1];
    const at = createdAt(item);
    if (!before || !isSameDay(createdAt(before), at)) rows.push({ kind: 'day', key: `day-${item.key}`, at });
    if (index === unreadAt) rows.push({ kind: 'unread', key: 'unread' });
    rows.push({
      kind: 'item',
      key: item.key,
      item,
      startsGroup: !before || !isOneBreath(before, item, isOwn),
      endsGroup: !after || !isOneBreath(item, after, isOwn),
    });
  });
  return rows;
}

type IsOwn = (sender: { type: string; id: string }) => boolean;

function createdAt(item: TimelineItem): string {
  return item.kind === 'message' ? item.message.createdAt : item.createdAt;
}

/** No line when nothing was read before it, nor once the reader has answered: then it would say nothing. */
function firstUnread(items: readonly TimelineItem[], unreadAfterSeq: number, isOwn: IsOwn): number {
  if (unreadAfterSeq === 0) return -1;
  const index = items.findIndex((item) => item.kind === 'message' && item.message.seq > unreadAfterSeq);
  const hasAnswered = items
    .slice(index)
    .some((item) => item.kind === 'pending' || isOwn(item.message.sender));
  return hasAnswered ? -1 : index;
}

function isOneBreath(first: TimelineItem, second: TimelineItem, isOwn: IsOwn): boolean {
  const apart = Date.parse(createdAt(second)) - Date.parse(createdAt(first));
  return speaker(first, isOwn) === speaker(second, isOwn) && apart < GROUP_GAP_MS;
}

function speaker(item: TimelineItem, isOwn: IsOwn): string {
  if (item.kind === 'pending') return 'me';
  const { sender, type } = item.message;
  if (type === 'system') return `system:${item.key}`;
  return isOwn(sender) ? 'me' : `${sender.type}:${sender.id}`;
}
