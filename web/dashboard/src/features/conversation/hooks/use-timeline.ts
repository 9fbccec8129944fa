import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import { useEffect, useSyncExternalStore } from 'react';
import { useChatClient } from '../../../lib/realtime';

/** The conversation, live while the component is mounted. */
export function useTimeline(conversationId: string): { handle: ConversationHandle; timeline: Timeline } {
  const handle = useChatClient().conversation(conversationId);
  useEffect(() => handle.open(), [handle]);
  const timeline = useSyncExternalStore(handle.subscribe, handle.getSnapshot);
  return { handle, timeline };
}
