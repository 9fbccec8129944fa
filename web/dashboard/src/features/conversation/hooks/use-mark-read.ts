import type { ConversationHandle } from '@fast-light-chat/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { applyConversationFact } from '../../../lib/conversations/conversation-queries';
import { useSelf } from '../../../lib/self';

/** Read is what was in front of somebody: at the end of the timeline, in a visible page. */
export function useMarkRead(handle: ConversationHandle, headSeq: number, isAtEnd: boolean): void {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  const markWhenSeen = useCallback(() => {
    if (!isAtEnd || headSeq === 0 || document.visibilityState !== 'visible') return;
    handle.markRead(headSeq);
    applyConversationFact(queries, { type: 'read', conversationId: handle.id, readSeq: headSeq }, selfId);
  }, [handle, headSeq, isAtEnd, queries, selfId]);
  useEffect(() => {
    markWhenSeen();
    document.addEventListener('visibilitychange', markWhenSeen);
    return () => document.removeEventListener('visibilitychange', markWhenSeen);
  }, [markWhenSeen]);
}
