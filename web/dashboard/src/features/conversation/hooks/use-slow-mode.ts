import type { Timeline } from '@fast-light-chat/sdk';
import { useEffect, useMemo, useState } from 'react';
import { useCan, useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';

const SECOND_MS = 1_000;

/** How many seconds one still has to wait before the next message; 0: one may write. */
export function useSlowMode(conversation: ConversationView, timeline: Timeline): number {
  const selfId = useSelf().id;
  const isExempt = useCan('conversation.manage') || conversation.kind === 'support';
  const slowMs = isExempt ? 0 : conversation.slowModeSeconds * SECOND_MS;
  const refused = useRefusedUntil(timeline);
  const until = slowMs === 0 ? 0 : Math.max(refused, lastSentAt(timeline, selfId) + slowMs);
  const now = useSeconds(until);
  // Clocks differ: never longer than the whole wait.
  return Math.ceil(Math.min(slowMs, Math.max(0, until - now)) / SECOND_MS);
}

/** What was said on another device counts as well. */
function lastSentAt({ items }: Timeline, selfId: string): number {
  const last = items.findLast((item) => item.kind === 'pending' || item.message.sender.id === selfId);
  if (!last) return 0;
  return Date.parse(last.kind === 'pending' ? last.createdAt : last.message.createdAt);
}

/** The server's word, from the moment at which it came. */
function useRefusedUntil({ items }: Timeline): number {
  const error = items.findLast((item) => item.kind === 'pending' && item.error?.code === 'chat.slow_mode');
  const retryAfterMs = error?.kind === 'pending' ? error.error?.retryAfterMs : undefined;
  return useMemo(() => (retryAfterMs === undefined ? 0 : Date.now() + retryAfterMs), [retryAfterMs]);
}

/** The time, by the second, for as long as it matters. */
function useSeconds(until: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, SECOND_MS / 2);
    return () => clearInterval(timer);
  }, [until]);
  return now;
}
