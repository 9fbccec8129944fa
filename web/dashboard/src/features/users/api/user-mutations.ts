import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import { useTags } from '../../../lib/tags';
import { userQuery } from '../../../lib/user-queries';
import type { ErasureReceipt, UserProfile, UserView } from '../../../lib/wire';

export function useBlockUser(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (isBlocked: boolean) =>
      api.request<UserView>(isBlocked ? 'PUT' : 'DELETE', `/v1/users/${userId}/block`),
    onSuccess: (user) => queries.setQueryData(userQuery(userId).queryKey, user),
  });
}

export function useUpdateProfile(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (profile: Partial<UserProfile>) =>
      api.request<UserView>('PATCH', `/v1/users/${userId}`, { body: { profile } }),
    onSuccess: (user) => queries.setQueryData(userQuery(userId).queryKey, user),
  });
}

export function useUserTags({ id, tags }: UserView) {
  const queries = useQueryClient();
  return useTags({
    id,
    tags,
    send: (body) => api.request<UserView>('PATCH', `/v1/users/${id}`, { body }),
    onSuccess: (user) => queries.setQueryData(userQuery(id).queryKey, user),
  });
}

export const useEraseUser = (userId: string) =>
  useMutation({ mutationFn: () => api.request<ErasureReceipt>('DELETE', `/v1/users/${userId}`) });
