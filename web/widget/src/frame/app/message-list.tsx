import type { MessageView, PendingItem, Timeline, Upload } from '@fast-light-chat/sdk';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import { dayOf } from './format.js';
import { Icon } from './icons.js';
import { MessageRow, PendingRow, type PendingActions } from './message-row.js';
import type { Changes } from './message-tools.js';
import { toRows, type Row } from './rows.js';
import { fill } from './strings.js';

/** Closer to the end than this, the reader follows what comes. */
const NEAR_PX = 60;

interface MessageListProps extends PendingActions {
  timeline: Timeline;
  isOwn: (sender: { type: string; id: string }) => boolean;
  /** Null where nothing can be changed yet. */
  changes: Changes | null;
  /** Above the very first message. */
  greeting: ComponentChildren;
  onLoadOlder: () => Promise<void>;
  /** Null: it has left for the server. */
  uploadsOf: (item: PendingItem) => readonly Upload[] | null;
  /** Whether the newest message is in view. */
  onFollow: (isFollowing: boolean) => void;
}

export function MessageList(props: MessageListProps): JSX.Element {
  const { timeline, isOwn } = props;
  const { t } = useLanguage();
  const scroll = useFollowingScroll(timeline, props.onFollow);
  const rows = toRows(timeline.items, timeline.unreadAfterSeq, isOwn);
  const isStart = !timeline.hasOlder;
  return (
    <div class="timeline">
      <div
        class="scroller"
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        tabIndex={0}
        role="log"
        aria-label={t.messages}
      >
        <div class="timeline-rows">
          {timeline.hasOlder && (
            <OlderButton isLoading={timeline.isLoadingOlder} onLoad={props.onLoadOlder} />
          )}
          {isStart && props.greeting}
          {rows.map((row) => (
            <RowView key={row.key} row={row} lastOwnKey={lastOwnKey(timeline, isOwn)} {...props} />
          ))}
        </div>
      </div>
      {!scroll.isFollowing && (
        <button type="button" class="jump" aria-label={t.jumpDown} onClick={scroll.toEnd}>
          <Icon name="down" />
          {scroll.hasNews && <span>{t.newMessages}</span>}
        </button>
      )}
    </div>
  );
}

export function TypingSign({ typing }: { typing: Timeline['typing'] }): JSX.Element {
  const { t } = useLanguage();
  const text = typing.length > 1 ? t.typingMany : fill(t.typing, { name: typing[0]?.name ?? '' });
  return (
    <div class={typing.length > 0 ? 'typing shown' : 'typing'} aria-live="polite">
      {typing.length > 0 && (
        <>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {text}
        </>
      )}
    </div>
  );
}

function RowView({
  row,
  lastOwnKey,
  ...props
}: { row: Row; lastOwnKey: string | null } & MessageListProps): JSX.Element {
  const { t, language } = useLanguage();
  if (row.kind === 'day') return <h2 class="day">{dayOf(row.at, language, t)}</h2>;
  if (row.kind === 'unread') return <h2 class="unread-line">{t.newMessages}</h2>;
  const { item, startsGroup, endsGroup } = row;
  if (item.kind === 'pending') {
    const uploads = props.uploadsOf(item);
    return <PendingRow {...{ item, uploads, startsGroup, endsGroup }} {...props} />;
  }
  const isOwn = props.isOwn(item.message.sender);
  const status = item.key === lastOwnKey ? (isRead(item.message.seq, props) ? t.read : t.sent) : undefined;
  return (
    <MessageRow
      message={item.message}
      quoted={quotedIn(props.timeline, item.message)}
      isSelf={props.isOwn}
      changes={props.changes}
      {...{ isOwn, status, startsGroup, endsGroup }}
    />
  );
}

/** Threads are the agents' way to sort: to a visitor a reply in one is an answer like any other. */
function quotedIn(
  timeline: Timeline,
  { replyToId, threadRootId }: MessageView,
): MessageView | 'earlier' | undefined {
  const messageId = replyToId ?? threadRootId;
  if (messageId === null) return undefined;
  const item = timeline.items.find((one) => one.kind === 'message' && one.message.id === messageId);
  return item?.kind === 'message' ? item.message : 'earlier';
}

function lastOwnKey(timeline: Timeline, isOwn: MessageListProps['isOwn']): string | null {
  const last = timeline.items.at(-1);
  return last?.kind === 'message' && isOwn(last.message.sender) ? last.key : null;
}

function isRead(seq: number, { timeline }: MessageListProps): boolean {
  return Object.entries(timeline.readMarkers).some(
    ([reader, readSeq]) => reader.startsWith('agent:') && readSeq >= seq,
  );
}

function OlderButton({
  isLoading,
  onLoad,
}: {
  isLoading: boolean;
  onLoad: () => Promise<void>;
}): JSX.Element {
  const { t } = useLanguage();
  const [hasFailed, setFailed] = useState(false);
  const load = (): void => {
    setFailed(false);
    onLoad().catch(() => setFailed(true));
  };
  return (
    <div class="older">
      {hasFailed && <p role="alert">{t.loadOlderFailed}</p>}
      <button type="button" class="link-button" disabled={isLoading} onClick={load}>
        {isLoading ? t.loadingOlder : t.loadOlder}
      </button>
    </div>
  );
}

interface FollowingScroll {
  ref: { current: HTMLDivElement | null };
  isFollowing: boolean;
  hasNews: boolean;
  onScroll: () => void;
  toEnd: () => void;
}

/** Follows the newest message while the reader is at the end, and keeps their place when they are not. */
function useFollowingScroll(timeline: Timeline, onFollow: (isFollowing: boolean) => void): FollowingScroll {
  const ref = useRef<HTMLDivElement>(null);
  const held = useRef({ firstKey: '', height: 0 });
  const [isFollowing, setFollowing] = useState(true);
  const [hasNews, setNews] = useState(false);
  const { items } = timeline;
  const last = items.at(-1);

  const toEnd = (): void => {
    const scroller = ref.current;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    setFollowing(true);
    setNews(false);
  };

  useLayoutEffect(() => {
    const scroller = ref.current;
    if (!scroller) return;
    const firstKey = items[0]?.key ?? '';
    if (isFollowing || last?.kind === 'pending') toEnd();
    else if (firstKey !== held.current.firstKey)
      scroller.scrollTop += scroller.scrollHeight - held.current.height;
    else setNews(true);
    held.current = { firstKey, height: scroller.scrollHeight };
  }, [items.length, items[0]?.key, last?.key]);

  useEffect(() => {
    const scroller = ref.current;
    if (!scroller || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (isFollowing) scroller.scrollTop = scroller.scrollHeight;
    });
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [isFollowing]);

  useEffect(() => onFollow(isFollowing), [isFollowing]);

  const onScroll = (): void => {
    const scroller = ref.current;
    if (!scroller) return;
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    setFollowing(isNear);
    if (isNear) setNews(false);
  };

  return { ref, isFollowing, hasNews, onScroll, toEnd };
}
