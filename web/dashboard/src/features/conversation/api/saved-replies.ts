import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { Page, SavedReplyView } from '../../../lib/wire';

/** As many as are taken in at one look; another letter finds the rest. */
const MOST_SHOWN = 8;

export const foundRepliesQuery = (query: string) =>
  queryOptions({
    queryKey: ['saved-replies', 'found', query],
    queryFn: ({ signal }) =>
      api.request<Page<SavedReplyView>>('GET', '/v1/saved-replies', {
        query: { ...(query && { query }), limit: MOST_SHOWN },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
