import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import { userQuery } from '../../../lib/user-queries';
import type { UserProfile, UserView } from '../../../lib/wire';

export type ProfileChange = Pick<UserProfile, 'name' | 'email' | 'phone'>;

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
    mutationFn: (profile: ProfileChange) =>
      api.request<UserView>('PATCH', `/v1/users/${userId}`, { body: { profile } }),
    onSuccess: (user) => queries.setQueryData(userQuery(userId).queryKey, user),
  });
}
