import type { PendingItem, Timeline } from '@fast-light-chat/sdk';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../../lib/api';
import type { MessageHistory, MessageView } from '../../../lib/wire';

/** The newest; a thread that is longer belongs into a conversation of its own. */
const MOST_REPLIES = 200;

export interface Thread {
  root: MessageView | null;
  /** Ascending. */
  replies: MessageView[];
  pending: PendingItem[];
  isLoading: boolean;
  error: unknown;
}

const threadQuery = (conversationId: string, rootId: string) =>
  queryOptions({
    queryKey: ['thread', conversationId, rootId],
    queryFn: ({ signal }) =>
      api.request<MessageHistory>('GET', `/v1/conversations/${conversationId}/messages`, {
        query: { threadRootId: rootId, limit: MOST_REPLIES },
        signal,
      }),
  });

/** What the server has of it, with what the live timeline knows better. */
export function useThread(conversationId: string, rootId: string, timeline: Timeline): Thread {
  const { data, error, isPending } = useQuery(threadQuery(conversationId, rootId));
  return useMemo(() => {
    const held = new Map((data?.items ?? []).map((message) => [message.id, message]));
    for (const item of timeline.items) if (item.kind === 'message') held.set(item.message.id, item.message);
    const replies = [...held.values()].filter((message) => message.threadRootId === rootId);
    const pending = timeline.items.filter(
      (item): item is PendingItem => item.kind === 'pending' && item.threadRootId === rootId,
    );
    return {
      root: held.get(rootId) ?? null,
      replies: replies.sort((a, b) => a.seq - b.seq),
      pending,
      isLoading: isPending,
      error,
    };
  }, [data, error, isPending, timeline.items, rootId]);
}
