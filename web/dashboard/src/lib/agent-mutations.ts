import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { updateIdentity } from './session';
import { agentsQuery } from './tenant-queries';
import type { AgentPreferences, AgentView, OwnAgentView } from './wire';

type Shown = Pick<AgentView, 'name' | 'availability' | 'statusText' | 'statusEmoji' | 'statusExpiresAt'>;
export type SelfChange = Partial<Shown & AgentPreferences>;

/** What agents say of themselves. */
export function useUpdateSelf() {
  return useSelfMutation((body: SelfChange) => api.request<OwnAgentView>('PATCH', '/v1/agents/me', { body }));
}

/** Null removes the picture. */
export function useChangeAvatar() {
  return useSelfMutation((picture: File | null) => {
    if (picture === null) return api.request<OwnAgentView>('DELETE', '/v1/agents/me/avatar');
    const body = new FormData();
    body.append('file', picture, picture.name);
    return api.request<OwnAgentView>('PUT', '/v1/agents/me/avatar', { body });
  });
}

function useSelfMutation<Input>(change: (input: Input) => Promise<OwnAgentView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (agent) => {
      updateIdentity({ agent });
      return queries.invalidateQueries({ queryKey: agentsQuery.queryKey });
    },
  });
}
