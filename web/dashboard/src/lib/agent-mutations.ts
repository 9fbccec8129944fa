import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './api';
import { updateIdentity } from './session';
import { agentsQuery } from './tenant-queries';
import type { AgentView } from './wire';

export type SelfChange = Partial<Pick<AgentView, 'name' | 'avatarUrl' | 'availability' | 'statusText'>>;

/** What agents say of themselves. */
export function useUpdateSelf() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SelfChange) => api.request<AgentView>('PATCH', '/v1/agents/me', { body }),
    onSuccess: (agent) => {
      updateIdentity({ agent });
      return queries.invalidateQueries({ queryKey: agentsQuery.queryKey });
    },
  });
}
