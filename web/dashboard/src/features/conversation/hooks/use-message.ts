import { useQuery } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import type { MessageView } from '../../../lib/wire';
import { messageQuery } from '../api/message-queries';
import { useTalk } from '../components/talk';
import { messageIn } from './timeline-rows';

/** Live while it is among what is loaded; else as the server has it, once it has said so. */
export function useMessage(messageId: string): MessageView | null {
  const { handle } = useTalk();
  const subscribe = useCallback((listener: () => void) => handle.subscribe(listener), [handle]);
  const held = useSyncExternalStore(subscribe, () => messageIn(handle.getSnapshot(), messageId));
  const { data } = useQuery({ ...messageQuery(handle.id, messageId), enabled: held === null });
  return held ?? data ?? null;
}
