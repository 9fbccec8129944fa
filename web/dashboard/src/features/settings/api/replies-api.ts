import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { Page, SavedReplyView } from '../../../lib/wire';

const PER_PAGE = 50;
/** Of every search: whoever writes with them finds what was changed here. */
const ALL_REPLIES = ['saved-replies'] as const;

export function repliesQuery(query: string) {
  return infiniteQueryOptions({
    queryKey: [...ALL_REPLIES, 'list', query] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<SavedReplyView>>('GET', '/v1/saved-replies', {
        query: { ...(query && { query }), limit: PER_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export type ReplyDraft = Pick<SavedReplyView, 'shortcut' | 'title' | 'content'>;

/** Makes one, or changes the one that is named. */
export function useSaveReply(id?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ReplyDraft) =>
      id === undefined
        ? api.request<SavedReplyView>('POST', '/v1/saved-replies', { body })
        : api.request<SavedReplyView>('PATCH', `/v1/saved-replies/${id}`, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ALL_REPLIES }),
  });
}

export function useRemoveReply() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.request<void>('DELETE', `/v1/saved-replies/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ALL_REPLIES }),
  });
}
