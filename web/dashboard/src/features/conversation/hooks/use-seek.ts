import type { ConversationHandle } from '@fast-light-chat/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../components/ui/toast';
import { threadOf, type Sought } from '../../../lib/conversations/message-address';
import type { MessageView } from '../../../lib/wire';
import { messageQuery } from '../api/message-queries';
import { useTalk } from '../components/talk';
import { messageIn, type TimelineRow } from './timeline-rows';

/** Long enough to see where one has been led. */
const SHOWN_MS = 2_000;

interface Seek {
  rows: readonly TimelineRow[];
  isSettled: boolean;
  scrollTo: (index: number) => void;
}

/** Leads to the message that is looked for, wherever in the history it stands. */
export function useSeek({ rows, isSettled, scrollTo }: Seek): void {
  const { t } = useTranslation();
  const { sought, seek, leadTo, threadRootId, foundId, found } = useTalk();
  const bring = useBring();

  useEffect(() => {
    if (sought === null) return undefined;
    let isCurrent = true;
    const giveUp = () => {
      seek(null);
      showToast(t('message.notFound'));
    };
    const looked = (message: MessageView | null) => {
      if (!isCurrent) return;
      if (!message) giveUp();
      else if (threadOf(message)) {
        seek(null);
        leadTo(message);
      }
    };
    bring(sought).then(looked, () => isCurrent && giveUp());
    return () => {
      isCurrent = false;
    };
  }, [sought, seek, leadTo, bring, t]);

  useEffect(() => {
    if (sought === null || !isSettled) return;
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.id === sought.id);
    if (index === -1) return;
    scrollTo(index);
    // With its thread open, it is not this one that is meant.
    if (threadRootId === null) found(sought.id);
    seek(null);
  }, [sought, isSettled, rows, seek, threadRootId, found, scrollTo]);

  useEffect(() => {
    if (foundId === null) return undefined;
    const timer = setTimeout(() => found(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [foundId, found]);
}

/** Has the timeline show it, and answers it; null when it is not there. */
function useBring(): (sought: Sought) => Promise<MessageView | null> {
  const { handle } = useTalk();
  const queries = useQueryClient();
  return useCallback(
    async (sought) => {
      const held = heldBy(handle, sought.id);
      if (held) return held;
      const known = sought.seq === null ? await queries.fetchQuery(messageQuery(handle.id, sought.id)) : null;
      if (known && threadOf(known)) return known;
      await handle.loadAround(known?.seq ?? sought.seq ?? 0);
      return heldBy(handle, sought.id);
    },
    [handle, queries],
  );
}

function heldBy(handle: ConversationHandle, messageId: string): MessageView | null {
  return messageIn(handle.getSnapshot(), messageId);
}
