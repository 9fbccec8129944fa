import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import {
  applyConversationFact,
  CONVERSATIONS_KEY,
  conversationQuery,
} from '../../../lib/conversations/conversation-queries';
import { newId } from '../../../lib/ids';
import { useSelf } from '../../../lib/self';
import type { ConversationView, CreateConversationBody, CreatedConversation } from '../../../lib/wire';

/** A conversation between agents; a repeated try makes no second one. */
export function useStartConversation() {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  return useMutation({
    mutationFn: (body: CreateConversationBody) =>
      api.request<CreatedConversation>('POST', '/v1/conversations', {
        body: { clientConversationId: newId(), ...body },
      }),
    onSuccess: ({ conversation }) => {
      queries.setQueryData(conversationQuery(conversation.id).queryKey, conversation);
      applyConversationFact(queries, { type: 'changed', conversation }, selfId);
      return refreshLists(queries);
    },
  });
}

export interface TeamProperties {
  name?: string;
  description?: string | null;
  slowModeSeconds?: number;
}

export type TeamChange =
  | { part: 'properties'; properties: TeamProperties }
  | { part: 'archive'; archived: boolean }
  | { part: 'join' }
  | { part: 'members'; agentIds: string[] };

function request(id: string, change: TeamChange): Promise<ConversationView> {
  const path = `/v1/conversations/${id}`;
  switch (change.part) {
    case 'properties':
      return api.request('PATCH', path, { body: change.properties });
    case 'archive':
      return api.request('PUT', `${path}/archive`, { body: { archived: change.archived } });
    case 'join':
      return api.request('POST', `${path}/join`);
    case 'members':
      return api.request('POST', `${path}/participants`, { body: { agentIds: change.agentIds } });
  }
}

/** What is changed about a group or channel, seen at once wherever it is shown. */
export function useChangeTeam(conversationId: string) {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  return useMutation({
    mutationFn: (change: TeamChange) => request(conversationId, change),
    onSuccess: (conversation) => {
      applyConversationFact(queries, { type: 'changed', conversation }, selfId);
      // Into which list it belongs may have changed: those that did not hold it have to be asked.
      void refreshLists(queries);
    },
  });
}

export function useRemoveMember(conversationId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (agentId: string) =>
      api.request<void>('DELETE', `/v1/conversations/${conversationId}/participants`, {
        body: { agentIds: [agentId] },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey }),
  });
}

/** A public channel can still be looked at; everything else is gone with it. */
export function useLeave(conversationId: string) {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  return useMutation({
    mutationFn: () => api.request<void>('POST', `/v1/conversations/${conversationId}/leave`),
    onSuccess: () => {
      applyConversationFact(queries, { type: 'removed', conversationId }, selfId);
      void refreshLists(queries);
    },
  });
}

function refreshLists(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: [...CONVERSATIONS_KEY, 'list'] });
}
