import { useLayoutEffect, useRef } from 'react';
import type { TimelineRow } from './timeline-rows';

/** What one says is seen at once, also by whoever was reading further up. */
export function useFollowOwn(rows: readonly TimelineRow[], scrollToEnd: () => void): void {
  const last = rows.at(-1);
  const saidKey = last?.kind === 'pending' ? last.key : null;
  const before = useRef(saidKey);
  useLayoutEffect(() => {
    if (saidKey !== null && saidKey !== before.current) scrollToEnd();
    before.current = saidKey;
  }, [saidKey, scrollToEnd]);
}
