import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { isByOther, timelineRows, type TimelineRow, type UnreadRange } from '../hooks/timeline-rows';
import type { Receipt } from '../hooks/receipts';
import { estimatedHeight } from '../hooks/row-height';
import { useFollowOwn } from '../hooks/use-follow-own';
import { useKeepEnd } from '../hooks/use-keep-end';
import { useMarkRead } from '../hooks/use-mark-read';
import { useSeek } from '../hooks/use-seek';
import { JumpButton } from './jump-button';
import { TimelineRowView } from './timeline-row-view';

/** This near to the end counts as being there: reading on, and marked as read. */
const END_PX = 80;
/** Until the first rows are measured and the start is found, the position says nothing of what the reader wants. */
const SETTLE_MS = 300;
/** The next page is asked for before the reader reaches the last row that is loaded. */
const PAGE_ROWS = 8;

interface TimelineViewProps {
  conversation: ConversationView;
  handle: ConversationHandle;
  timeline: Timeline;
  receipts: ReadonlyMap<number, Receipt>;
}

export function TimelineView({ conversation, handle, timeline, receipts }: TimelineViewProps) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const scroller = useRef<HTMLDivElement>(null);
  // Fixed at opening: reading moves the marker on, and the line should not move with it.
  const [unread] = useState(() => unreadRange(conversation, timeline, selfId));
  const rows = useMemo(() => timelineRows(timeline, selfId, unread), [timeline, selfId, unread]);
  // Until it is drawn: what has just grown together with the newest is no news to follow.
  const [wasApart, setWasApart] = useState(timeline.hasNewer);
  useEffect(() => setWasApart(timeline.hasNewer), [timeline.hasNewer]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatedHeight(rows[index]!, selfId),
    getItemKey: (index) => rows[index]!.key,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: !timeline.hasNewer && !wasApart,
    scrollEndThreshold: END_PX,
  });
  const items = virtual.getVirtualItems();
  const isAtEnd = !timeline.hasNewer && virtual.isAtEnd(END_PX);
  const [hasSettled, setHasSettled] = useState(false);

  const [unreadRow] = useState(() => rows.findIndex((row) => row.kind === 'unread'));
  useLayoutEffect(() => {
    // At the line, so that nothing counts as read before it was in front of somebody.
    if (unreadRow === -1) virtual.scrollToEnd();
    else virtual.scrollToIndex(unreadRow, { align: 'start' });
    const timer = setTimeout(() => setHasSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [virtual, unreadRow]);

  const canLoad = hasSettled && !timeline.isLoadingOlder && !timeline.isLoadingNewer;
  const wantsOlder = canLoad && timeline.hasOlder && (items[0]?.index ?? 0) <= PAGE_ROWS;
  const wantsNewer =
    canLoad && timeline.hasNewer && (items.at(-1)?.index ?? 0) >= rows.length - 1 - PAGE_ROWS;
  useEffect(() => {
    if (wantsOlder) handle.loadOlder().catch(() => undefined);
    else if (wantsNewer) handle.loadNewer().catch(() => undefined);
  }, [wantsOlder, wantsNewer, handle]);
  // Whoever comes back to the conversation begins at the newest.
  useEffect(() => () => handle.jumpToNewest(), [handle]);

  const scrollTo = useCallback(
    (index: number) => virtual.scrollToIndex(index, { align: 'center' }),
    [virtual],
  );
  useSeek({ rows, isSettled: hasSettled, scrollTo });
  useReturn(timeline, virtual.scrollToEnd);
  useFollowOwn(rows, virtual.scrollToEnd);
  useKeepEnd(scroller);
  useMarkRead(handle, timeline.headSeq, isAtEnd);
  const news = useNewsBelow(timeline, selfId, isAtEnd);

  const jump = () => {
    if (timeline.hasNewer) handle.jumpToNewest();
    else virtual.scrollToEnd({ behavior: 'smooth' });
  };

  return (
    <Box sx={{ position: 'relative', flex: 1, minHeight: 0 }}>
      <Box
        ref={scroller}
        role="region"
        aria-label={t('conversation.timeline')}
        tabIndex={0}
        sx={{
          height: '100%',
          overflowY: 'auto',
          overflowAnchor: 'none',
          display: 'flex',
          flexDirection: 'column',
          '&:focus-visible': { outlineOffset: -3 },
        }}
      >
        <Box sx={{ flex: '1 0 0' }} />
        {timeline.isLoadingOlder && <PageLoading side="top" label={t('conversation.loadingOlder')} />}
        <Box sx={rowsSx} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TimelineRowView
                row={rows[item.index]!}
                conversation={conversation}
                handle={handle}
                receipt={receiptOf(rows[item.index]!, receipts)}
              />
            </div>
          ))}
        </Box>
      </Box>
      {timeline.isLoadingNewer && <PageLoading side="bottom" label={t('conversation.loadingNewer')} />}
      {!isAtEnd && <JumpButton news={news} onJump={jump} />}
    </Box>
  );
}

/** Styled from above: a styled component for each row would cost more than what is in it. */
const rowsSx = {
  position: 'relative',
  flexShrink: 0,
  '& > div': { position: 'absolute', top: 0, left: 0, right: 0, px: { xs: 1.5, sm: 3 } },
} as const;

/** Null when nothing of it was ever read: all of it is new then, and a line would say nothing. */
function unreadRange(conversation: ConversationView, timeline: Timeline, selfId: string): UnreadRange | null {
  const own = conversation.participants.find((one) => one.type === 'agent' && one.id === selfId);
  return own?.readSeq ? { afterSeq: own.readSeq, untilSeq: timeline.headSeq } : null;
}

function receiptOf(row: TimelineRow, receipts: ReadonlyMap<number, Receipt>): Receipt | undefined {
  return row.kind === 'message' ? receipts.get(row.message.seq) : undefined;
}

/** Back from a stretch of long ago one stands at the end; what has grown together keeps its place. */
function useReturn({ hasNewer, items }: Timeline, scrollToEnd: () => void): void {
  const before = useRef({ hasNewer, items });
  useLayoutEffect(() => {
    const { hasNewer: wasApart, items: shown } = before.current;
    before.current = { hasNewer, items };
    if (wasApart && !hasNewer && !items.some(({ key }) => key === shown[0]?.key)) scrollToEnd();
  }, [hasNewer, items, scrollToEnd]);
}

function PageLoading({ side, label }: { side: 'top' | 'bottom'; label: string }) {
  return (
    <Box
      sx={{
        position: 'absolute',
        [side]: 8,
        left: 0,
        right: 0,
        display: 'grid',
        placeItems: 'center',
        zIndex: 1,
      }}
    >
      <CircularProgress size={22} aria-label={label} />
    </Box>
  );
}

/** How many messages of others came since the reader left the end. */
function useNewsBelow(timeline: Timeline, selfId: string, isAtEnd: boolean): number {
  const [leftAtSeq, setLeftAtSeq] = useState(timeline.headSeq);
  useEffect(() => {
    if (isAtEnd) setLeftAtSeq(timeline.headSeq);
  }, [isAtEnd, timeline.headSeq]);
  if (isAtEnd) return 0;
  // Not loaded while one reads far back: then there is only how many it can be.
  if (timeline.hasNewer) return Math.max(0, timeline.headSeq - leftAtSeq);
  return timeline.items.filter(
    (item) => item.kind === 'message' && item.message.seq > leftAtSeq && isByOther(item, selfId),
  ).length;
}
