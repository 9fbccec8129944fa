import type { PendingItem, Timeline } from '@fast-light-chat/sdk';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useChatClient } from '@fast-light-chat/sdk/react';
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
  useThreadNews(conversationId, rootId);
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

/** What comes while the timeline shows another place of the history. */
function useThreadNews(conversationId: string, rootId: string): void {
  const client = useChatClient();
  const queries = useQueryClient();
  useEffect(() => {
    const heard = (fact: { conversationId: string; message: MessageView }) => {
      const { id, threadRootId } = fact.message;
      if (fact.conversationId !== conversationId || (threadRootId !== rootId && id !== rootId)) return;
      queries.setQueryData(threadQuery(conversationId, rootId).queryKey, (held) =>
        withNews(held, fact.message),
      );
    };
    const unhear = [client.on('message:created', heard), client.on('message:updated', heard)];
    return () => unhear.forEach((stop) => stop());
  }, [client, queries, conversationId, rootId]);
}

function withNews(held: MessageHistory | undefined, message: MessageView): MessageHistory | undefined {
  const known = held?.items.find(({ id }) => id === message.id);
  if (!held || (known && known.rev >= message.rev)) return held;
  return { ...held, items: [...held.items.filter((one) => one !== known), message] };
}
