import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { MessageView, Page } from '../wire';
import { CONVERSATIONS_KEY } from './conversation-queries';

export function pinsQuery(conversationId: string) {
  return infiniteQueryOptions({
    queryKey: [...CONVERSATIONS_KEY, 'pins', conversationId] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<MessageView>>('GET', `/v1/conversations/${conversationId}/pins`, {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** After a change of a message: asks anew when it is pinned, or was. */
export function followPins(queries: QueryClient, { conversationId, id, pinned }: MessageView): void {
  const { queryKey } = pinsQuery(conversationId);
  const held = queries.getQueryData(queryKey)?.pages.flatMap((page) => page.items) ?? [];
  if (pinned || held.some((message) => message.id === id)) void queries.invalidateQueries({ queryKey });
}
