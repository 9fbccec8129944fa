import type { PendingItem, Timeline, TimelineItem } from '@fast-light-chat/sdk';
import { isSameDay } from '../../../lib/time';
import type { MessageView } from '../../../lib/wire';

export interface MessageRow {
  kind: 'message';
  key: string;
  message: MessageView;
  isFirstOfGroup: boolean;
  isLastOfGroup: boolean;
}

export interface PendingRow {
  kind: 'pending';
  key: string;
  item: PendingItem;
  isFirstOfGroup: boolean;
}

export type TimelineRow =
  | { kind: 'beginning'; key: string; isEmpty: boolean }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'event'; key: string; message: MessageView }
  | MessageRow
  | PendingRow;

/** What was unread when the conversation was opened; what comes while one looks at it is not. */
export interface UnreadRange {
  afterSeq: number;
  untilSeq: number;
}

/** Messages of one sender within this time stand together under one name. */
const GROUP_MS = 3 * 60_000;

/** What is drawn: the timeline's items with day marks, the unread line and who stands together with whom. */
export function timelineRows(timeline: Timeline, selfId: string, unread: UnreadRange | null): TimelineRow[] {
  const rows: TimelineRow[] = timeline.hasOlder
    ? []
    : [{ kind: 'beginning', key: 'beginning', isEmpty: timeline.items.length === 0 }];
  // What is on its way belongs after the newest: not to the end of a stretch of long ago.
  const items = timeline.items.filter(
    (item) => isInConversation(item) && !(item.kind === 'pending' && timeline.hasNewer),
  );
  const unreadAt = unread ? unreadIndex(items, selfId, unread) : -1;
  items.forEach((item, index) => {
    const before = items[index - 1];
    if (!before || !isSameDay(timeOf(before), timeOf(item))) rows.push(dayRow(item));
    if (index === unreadAt) rows.push({ kind: 'unread', key: 'unread' });
    rows.push(itemRow(items, index, selfId, unreadAt));
  });
  return rows;
}

/** Replies in a thread stand in the thread alone, unless they were meant for both. */
function isInConversation(item: TimelineItem): boolean {
  const { threadRootId, alsoInConversation } = item.kind === 'message' ? item.message : item;
  return !threadRootId || alsoInConversation === true;
}

/** The first message of somebody else that was there, unread, when the conversation was opened. */
function unreadIndex(
  items: readonly TimelineItem[],
  selfId: string,
  { afterSeq, untilSeq }: UnreadRange,
): number {
  return items.findIndex((item) => {
    if (item.kind !== 'message' || !isByOther(item, selfId)) return false;
    return item.message.seq > afterSeq && item.message.seq <= untilSeq;
  });
}

export function isByOther(item: TimelineItem, selfId: string): boolean {
  return item.kind === 'message' && item.message.type !== 'system' && item.message.sender.id !== selfId;
}

function itemRow(
  items: readonly TimelineItem[],
  index: number,
  selfId: string,
  unreadAt: number,
): TimelineRow {
  const item = items[index]!;
  const isFirstOfGroup = index === unreadAt || !isGrouped(items[index - 1], item, selfId);
  if (item.kind === 'pending') return { kind: 'pending', key: item.key, item, isFirstOfGroup };
  if (item.message.type === 'system') return { kind: 'event', key: item.key, message: item.message };
  const isLastOfGroup = index + 1 === unreadAt || !isGrouped(item, items[index + 1], selfId);
  return { kind: 'message', key: item.key, message: item.message, isFirstOfGroup, isLastOfGroup };
}

function isGrouped(a: TimelineItem | undefined, b: TimelineItem | undefined, selfId: string): boolean {
  if (!a || !b || isEvent(a) || isEvent(b)) return false;
  const isClose = Math.abs(Date.parse(timeOf(b)) - Date.parse(timeOf(a))) < GROUP_MS;
  return isClose && senderOf(a, selfId) === senderOf(b, selfId) && isPrivate(a) === isPrivate(b);
}

const isEvent = (item: TimelineItem) => item.kind === 'message' && item.message.type === 'system';
const isPrivate = (item: TimelineItem) => (item.kind === 'message' ? item.message.private : item.private);
const senderOf = (item: TimelineItem, selfId: string) =>
  item.kind === 'message' ? item.message.sender.id : selfId;
const timeOf = (item: TimelineItem) => (item.kind === 'message' ? item.message.createdAt : item.createdAt);

function dayRow(item: TimelineItem): TimelineRow {
  const at = timeOf(item);
  return { kind: 'day', key: `day:${new Date(at).toDateString()}`, at };
}

const byId = new WeakMap<Timeline['items'], Map<string, MessageView>>();

/** The message if it is among those that are loaded; many ask for one at a time. */
export function messageIn({ items }: Timeline, messageId: string): MessageView | null {
  const held = byId.get(items) ?? indexOf(items);
  byId.set(items, held);
  return held.get(messageId) ?? null;
}

function indexOf(items: Timeline['items']): Map<string, MessageView> {
  return new Map(items.flatMap((item) => (item.kind === 'message' ? [[item.message.id, item.message]] : [])));
}

/** Would it be drawn in the same way? */
export function isSameRow(a: TimelineRow, b: TimelineRow): boolean {
  const names = Object.keys(a) as (keyof TimelineRow)[];
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
