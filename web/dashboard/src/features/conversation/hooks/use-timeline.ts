import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useChatClient } from '../../../lib/realtime';

/** The conversation, live while the component is mounted. */
export function useTimeline(conversationId: string): { handle: ConversationHandle; timeline: Timeline } {
  const handle = useChatClient().conversation(conversationId);
  useEffect(() => handle.open(), [handle]);
  const subscribe = useCallback((listener: () => void) => handle.subscribe(listener), [handle]);
  const getSnapshot = useCallback(() => handle.getSnapshot(), [handle]);
  return { handle, timeline: useSyncExternalStore(subscribe, getSnapshot) };
}
