import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { MessageVersions, MessageView } from '../../../lib/wire';

/** Another edit is another answer: the number of the last change is part of the key. */
export function messageVersionsQuery({ conversationId, id, rev }: MessageView) {
  return queryOptions({
    queryKey: ['message-versions', conversationId, id, rev] as const,
    queryFn: ({ signal }) =>
      api.request<MessageVersions>('GET', `/v1/conversations/${conversationId}/messages/${id}/versions`, {
        signal,
      }),
  });
}
