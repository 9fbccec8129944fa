import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { Page, TrackedEventView } from '../../../lib/wire';

const PAGE_SIZE = 10;

/** What a user did on the company's site, newest first. */
export function userEventsQuery(userId: string) {
  return infiniteQueryOptions({
    queryKey: ['users', userId, 'events'] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<TrackedEventView>>('GET', `/v1/users/${userId}/events`, {
        query: { limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<TrackedEventView>) => page.nextCursor,
  });
}
