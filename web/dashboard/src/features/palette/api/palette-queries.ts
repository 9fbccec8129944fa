import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { ConversationView, Page, UserView } from '../../../lib/wire';

/** As many of each as can be looked over. */
const SHOWN = 6;

function foundQuery<T>(path: string, query: string) {
  return queryOptions({
    queryKey: ['palette', path, query] as const,
    queryFn: ({ signal }) => api.request<Page<T>>('GET', path, { query: { query, limit: SHOWN }, signal }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
}

export const foundConversationsQuery = (query: string) =>
  foundQuery<ConversationView>('/v1/conversations', query);
export const foundUsersQuery = (query: string) => foundQuery<UserView>('/v1/users', query);
