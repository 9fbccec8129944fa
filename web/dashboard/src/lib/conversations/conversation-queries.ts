import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../api';
import type { ConversationView, Page } from '../wire';
import {
  findConversation,
  mergeConversation,
  reduceConversationPages,
  withOwnMute,
  type ConversationFact,
  type ConversationFilter,
  type ConversationPages,
} from './conversation-list';

const ROOT = 'conversations';
export const CONVERSATIONS_KEY = [ROOT] as const;
const LISTS_KEY = [ROOT, 'list'] as const;
const PAGE_SIZE = 50;

export function conversationListQuery(filter: ConversationFilter) {
  return infiniteQueryOptions({
    queryKey: [...LISTS_KEY, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<ConversationView>>('GET', '/v1/conversations', {
        query: { ...filter, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<ConversationView>) => page.nextCursor,
  });
}

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: [ROOT, 'one', id] as const,
    queryFn: ({ signal }) => api.request<ConversationView>('GET', `/v1/conversations/${id}`, { signal }),
  });
}

/** One fact into every list and into the conversation itself. */
export function applyConversationFact(queries: QueryClient, fact: ConversationFact, selfId: string): void {
  for (const query of queries.getQueryCache().findAll({ queryKey: LISTS_KEY })) {
    const filter = query.queryKey[2] as ConversationFilter;
    queries.setQueryData<ConversationPages>(
      query.queryKey,
      (pages) => pages && reduceConversationPages(pages, filter, fact, selfId),
    );
  }
  if (fact.type === 'changed') updateOne(queries, fact.conversation, selfId);
  if (fact.type === 'removed') queries.removeQueries({ queryKey: [ROOT, 'one', fact.conversationId] });
}

function updateOne(queries: QueryClient, incoming: ConversationView, selfId: string): void {
  queries.setQueryData(conversationQuery(incoming.id).queryKey, (held) => {
    if (!held) return held;
    const isOlder = incoming.headSeq < held.headSeq;
    return isOlder ? withOwnMute(held, incoming) : mergeConversation(held, incoming, selfId);
  });
}

/** Lists that got a conversation of which one's own unread count is not known. */
export function isUnreadUnknown(queries: QueryClient, conversationId: string): boolean {
  return queries
    .getQueryCache()
    .findAll({ queryKey: LISTS_KEY })
    .map((query) => query.state.data as ConversationPages | undefined)
    .some((pages) => pages && isHeldWithoutUnread(pages, conversationId));
}

function isHeldWithoutUnread(pages: ConversationPages, conversationId: string): boolean {
  const held = findConversation(pages, conversationId);
  return held !== undefined && held.unread === undefined;
}
