import { ChatError } from '@fast-light-chat/sdk';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import { shouldRetry } from '../../../lib/query-client';
import type { ConversationView, FoundMessageView, Page, UserView } from '../../../lib/wire';

const PAGE_SIZE = 30;
/** As many as a field offers to choose from. */
const CHOICES = 8;

export interface MessageSearch {
  query: string;
  senderId?: string;
  conversationId?: string;
  from?: string;
  to?: string;
}

export function isRateLimited(error: unknown): error is ChatError {
  return error instanceof ChatError && error.code === 'common.rate_limited';
}

/** What was overtaken by another search is aborted, as nobody waits for it any more. */
function searchQuery<T>(path: string, search: MessageSearch) {
  return infiniteQueryOptions({
    queryKey: ['search', path, search] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<T>>('GET', path, {
        query: { ...search, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.nextCursor,
    enabled: search.query !== '',
    placeholderData: keepPreviousData,
    // Asking again at once makes the wait longer for everything.
    retry: (failures, error) => !isRateLimited(error) && shouldRetry(failures, error),
  });
}

export const foundMessagesQuery = (search: MessageSearch) =>
  searchQuery<FoundMessageView>('/v1/messages/search', search);
export const foundUsersQuery = (query: string) => searchQuery<UserView>('/v1/users', { query });
export const foundConversationsQuery = (query: string) =>
  searchQuery<ConversationView>('/v1/conversations', { query });

function choicesQuery<T>(path: string, query: string) {
  return queryOptions({
    queryKey: ['search', 'choices', path, query] as const,
    queryFn: ({ signal }) =>
      api
        .request<Page<T>>('GET', path, { query: { query, limit: CHOICES }, signal })
        .then((page) => page.items),
    enabled: query !== '',
  });
}

export const userChoicesQuery = (query: string) => choicesQuery<UserView>('/v1/users', query);
export const conversationChoicesQuery = (query: string) =>
  choicesQuery<ConversationView>('/v1/conversations', query);
