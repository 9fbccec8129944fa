import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { MessageView } from '../../../lib/wire';

/** One that is not among what is loaded. */
export const messageQuery = (conversationId: string, messageId: string) =>
  queryOptions({
    queryKey: ['message', conversationId, messageId],
    queryFn: ({ signal }) =>
      api.request<MessageView>('GET', `/v1/conversations/${conversationId}/messages/${messageId}`, {
        signal,
      }),
    staleTime: 60_000,
  });
