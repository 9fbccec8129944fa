import { ChatError } from '@fast-light-chat/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showError } from '../../../components/ui/toast';
import { api } from '../../../lib/api';
import { applyConversationFact, conversationQuery } from '../../../lib/conversations/conversation-queries';
import { useSelf } from '../../../lib/self';
import { useTags, type TagsChange } from '../../../lib/tags';
import type {
  BulkChangeBody,
  BulkChangeResult,
  ConversationPriority,
  ConversationStatus,
  ConversationView,
} from '../../../lib/wire';

type Change =
  | { part: 'join' }
  | { part: 'mute'; until: string | null }
  | { part: 'unmute' }
  | { part: 'assignee'; agentId: string | null }
  | { part: 'team'; teamId: string | null }
  | { part: 'status'; status: ConversationStatus; until?: string }
  | {
      part: 'properties';
      properties: {
        subject?: string;
        priority?: ConversationPriority;
        slowModeSeconds?: number;
      };
    };

function request(id: string, change: Change): Promise<ConversationView> {
  const path = `/v1/conversations/${id}`;
  switch (change.part) {
    case 'assignee':
      return api.request('PUT', `${path}/assignee`, { body: { agentId: change.agentId } });
    case 'team':
      return api.request('PUT', `${path}/team`, { body: { teamId: change.teamId } });
    case 'status':
      return api.request('PUT', `${path}/status`, { body: { status: change.status, until: change.until } });
    case 'mute':
      return api.request('PUT', `${path}/mute`, { body: { until: change.until } });
    case 'unmute':
      return api.request('DELETE', `${path}/mute`);
    case 'join':
      return api.request('POST', `${path}/join`);
    case 'properties':
      return api.request('PATCH', path, { body: change.properties });
  }
}

/** What agents do to a conversation, seen in every list at once. */
export function useConversationActions(conversationId: string) {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  const { mutate, isPending } = useMutation({
    mutationFn: (change: Change) => request(conversationId, change),
    onSuccess: (conversation) => applyConversationFact(queries, { type: 'changed', conversation }, selfId),
    onError: showError,
  });
  return {
    isPending,
    join: () => mutate({ part: 'join' }),
    mute: (until: Date | null) => mutate({ part: 'mute', until: until?.toISOString() ?? null }),
    unmute: () => mutate({ part: 'unmute' }),
    assign: (agentId: string | null) => mutate({ part: 'assignee', agentId }),
    setTeam: (teamId: string | null) => mutate({ part: 'team', teamId }),
    setStatus: (status: ConversationStatus, until?: string) => mutate({ part: 'status', status, until }),
    setPriority: (priority: ConversationPriority) => mutate({ part: 'properties', properties: { priority } }),
    setSlowMode: (slowModeSeconds: number) => mutate({ part: 'properties', properties: { slowModeSeconds } }),
  };
}

export function useConversationTags({ id, tags }: ConversationView) {
  const queries = useQueryClient();
  return useTags({
    id,
    tags,
    send: (change) => changeTags(id, change),
    // The route says only that it worked.
    onSuccess: () => queries.invalidateQueries({ queryKey: conversationQuery(id).queryKey }),
  });
}

/** The route for one conversation replaces all tags at once, those too that a colleague has just given it. */
async function changeTags(id: string, change: TagsChange): Promise<void> {
  const body: BulkChangeBody = { ids: [id], ...change };
  const { items } = await api.request<BulkChangeResult>('POST', '/v1/conversations/bulk', { body });
  const error = items[0]?.error;
  if (error) throw new ChatError(error);
}
