import type { Timeline } from '@fast-light-chat/sdk';
import { plainText } from '@fast-light-chat/sdk/markdown';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../lib/announcer';
import { senderIn, userName } from '../../../lib/conversations/conversation-name';
import type { ConversationView } from '../../../lib/wire';
import { isByOther } from './timeline-rows';

/** Reads new messages of others out, not those that were there when the conversation was opened. */
export function useAnnounceNews(conversation: ConversationView, timeline: Timeline, selfId: string): void {
  const { t } = useTranslation();
  const announcedSeq = useRef<number | null>(null);
  useEffect(() => {
    if (timeline.status !== 'ready') return;
    const after = announcedSeq.current;
    announcedSeq.current = timeline.headSeq;
    if (after === null) return;
    for (const item of timeline.items) {
      if (item.kind !== 'message' || item.message.seq <= after || !isByOther(item, selfId)) continue;
      announce(
        t('conversation.announce', {
          name: userName(senderIn(conversation, item.message), t),
          text: plainText(item.message.content),
        }),
      );
    }
  }, [conversation, timeline, selfId, t]);
}
