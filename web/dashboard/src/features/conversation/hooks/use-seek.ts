import type { Timeline } from '@fast-light-chat/sdk';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../components/ui/toast';
import { useTalk } from '../components/talk';
import type { TimelineRow } from './timeline-rows';

/** A message further back than this many pages is not looked for by turning them. */
const MOST_PAGES = 40;
/** Long enough to see where one has been led. */
const SHOWN_MS = 2_000;

interface Seek {
  rows: readonly TimelineRow[];
  timeline: Timeline;
  isSettled: boolean;
  scrollTo: (index: number) => void;
}

/** Leads to the message that is looked for, loading what is older until it is there. */
export function useSeek({ rows, timeline, isSettled, scrollTo }: Seek): void {
  const { t } = useTranslation();
  const { handle, soughtId, seek, threadRootId, found } = useTalk();
  const pages = useRef(0);

  useEffect(() => {
    if (soughtId === null || !isSettled || timeline.isLoadingOlder) return;
    const giveUp = () => {
      pages.current = 0;
      seek(null);
      showToast(t('message.notFound'));
    };
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.id === soughtId);
    if (index !== -1) {
      pages.current = 0;
      scrollTo(index);
      // With its thread open, it is not this one that is meant.
      if (threadRootId === null) found(soughtId);
      seek(null);
    } else if (timeline.hasOlder && pages.current < MOST_PAGES) {
      pages.current += 1;
      handle.loadOlder().catch(giveUp);
    } else giveUp();
  }, [soughtId, isSettled, timeline, rows, handle, seek, threadRootId, found, scrollTo, t]);

  const { foundId } = useTalk();
  useEffect(() => {
    if (foundId === null) return;
    const timer = setTimeout(() => found(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [foundId, found]);
}
