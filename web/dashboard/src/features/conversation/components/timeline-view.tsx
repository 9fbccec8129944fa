import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { isByOther, timelineRows, type UnreadRange } from '../hooks/timeline-rows';
import { useMarkRead } from '../hooks/use-mark-read';
import { useSeek } from '../hooks/use-seek';
import { JumpButton } from './jump-button';
import { TimelineRowView } from './timeline-row-view';

/** This near to the end counts as being there: reading on, and marked as read. */
const END_PX = 80;
/** Until the first rows are measured and the start is found, the position says nothing of what the reader wants. */
const SETTLE_MS = 300;
/** Older messages are asked for before the reader reaches the first one. */
const OLDER_ROWS = 4;

interface TimelineViewProps {
  conversation: ConversationView;
  handle: ConversationHandle;
  timeline: Timeline;
}

export function TimelineView({ conversation, handle, timeline }: TimelineViewProps) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const scroller = useRef<HTMLDivElement>(null);
  // Fixed at opening: reading moves the marker on, and the line should not move with it.
  const [unread] = useState(() => unreadRange(conversation, timeline, selfId));
  const rows = useMemo(() => timelineRows(timeline, selfId, unread), [timeline, selfId, unread]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'message' ? 58 : 40),
    getItemKey: (index) => rows[index]!.key,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
  });
  const items = virtual.getVirtualItems();
  const isAtEnd = virtual.isAtEnd(END_PX);
  const [hasSettled, setHasSettled] = useState(false);

  const [unreadRow] = useState(() => rows.findIndex((row) => row.kind === 'unread'));
  useLayoutEffect(() => {
    // At the line, so that nothing counts as read before it was in front of somebody.
    if (unreadRow === -1) virtual.scrollToEnd();
    else virtual.scrollToIndex(unreadRow, { align: 'start' });
    const timer = setTimeout(() => setHasSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [virtual, unreadRow]);

  const firstIndex = items[0]?.index ?? 0;
  const wantsOlder = hasSettled && timeline.hasOlder && !timeline.isLoadingOlder && firstIndex <= OLDER_ROWS;
  useEffect(() => {
    if (wantsOlder) void handle.loadOlder().catch(() => undefined);
  }, [wantsOlder, handle]);

  const scrollTo = useCallback(
    (index: number) => virtual.scrollToIndex(index, { align: 'center' }),
    [virtual],
  );
  useSeek({ rows, timeline, isSettled: hasSettled, scrollTo });
  useMarkRead(handle, timeline.headSeq, isAtEnd);
  const news = useNewsBelow(timeline, selfId, isAtEnd);

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
        {timeline.isLoadingOlder && <OlderLoading />}
        <Box sx={{ position: 'relative', flexShrink: 0 }} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <Box
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              sx={{ position: 'absolute', top: 0, left: 0, right: 0, px: { xs: 1.5, sm: 3 } }}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TimelineRowView
                row={rows[item.index]!}
                conversation={conversation}
                handle={handle}
                timeline={timeline}
              />
            </Box>
          ))}
        </Box>
      </Box>
      {!isAtEnd && <JumpButton news={news} onJump={() => virtual.scrollToEnd({ behavior: 'smooth' })} />}
    </Box>
  );
}

/** Null when nothing of it was ever read: all of it is new then, and a line would say nothing. */
function unreadRange(conversation: ConversationView, timeline: Timeline, selfId: string): UnreadRange | null {
  const own = conversation.participants.find((one) => one.type === 'agent' && one.id === selfId);
  return own?.readSeq ? { afterSeq: own.readSeq, untilSeq: timeline.headSeq } : null;
}

function OlderLoading() {
  const { t } = useTranslation();
  return (
    <Box
      sx={{
        position: 'absolute',
        top: 8,
        left: 0,
        right: 0,
        display: 'grid',
        placeItems: 'center',
        zIndex: 1,
      }}
    >
      <CircularProgress size={22} aria-label={t('conversation.loadingOlder')} />
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
  return timeline.items.filter(
    (item) => item.kind === 'message' && item.message.seq > leftAtSeq && isByOther(item, selfId),
  ).length;
}
