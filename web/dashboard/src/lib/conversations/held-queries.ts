import { infiniteQueryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { showError } from '../../components/ui/toast';
import { api } from '../api';
import type { ConversationView, HeldMessageView, MessageView, Page, ReviewDecision } from '../wire';

/** What is held where no conversation is open is told to nobody: the list is asked again now and then. */
const ASKED_EVERY_MS = 60_000;

export const heldQuery = infiniteQueryOptions({
  queryKey: ['held-messages'] as const,
  queryFn: ({ pageParam, signal }) =>
    api.request<Page<HeldMessageView>>('GET', '/v1/messages/held', {
      query: { limit: 100, cursor: pageParam },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: ASKED_EVERY_MS,
});

/** After something happened to a message: asks anew when it is held, or was. */
export function followHeld(queries: QueryClient, { id, held }: MessageView): void {
  const listed = queries.getQueryData(heldQuery.queryKey)?.pages.flatMap((page) => page.items) ?? [];
  if (held || listed.some(({ message }) => message.id === id)) void askAgain(queries);
}

/** Something was said that lists do not show: it may be held. */
export function followUnlisted(queries: QueryClient, { headSeq, lastMessage, kind }: ConversationView): void {
  if (kind === 'support' && headSeq > (lastMessage?.seq ?? 0)) void askAgain(queries);
}

interface Review {
  message: MessageView;
  decision: ReviewDecision;
}

export function useReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ message: { conversationId, id }, decision }: Review) =>
      api.request<MessageView>('PUT', `/v1/conversations/${conversationId}/messages/${id}/review`, {
        body: { decision },
      }),
    onError: showError,
    // Refused, too: somebody else may have decided.
    onSettled: () => askAgain(queries),
  });
}

function askAgain(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: heldQuery.queryKey });
}
