import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import { teamsQuery } from '../../../lib/tenant-queries';
import type { TeamView } from '../../../lib/wire';

export type TeamDraft = Pick<TeamView, 'name' | 'description' | 'agentIds'>;

/** Makes one, or changes the one that is named. */
export function useSaveTeam(id?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TeamDraft) =>
      id === undefined
        ? api.request<TeamView>('POST', '/v1/teams', { body })
        : api.request<TeamView>('PATCH', `/v1/teams/${id}`, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
}

export function useRemoveTeam() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.request<void>('DELETE', `/v1/teams/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
}
