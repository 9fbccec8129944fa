import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import type { UserView } from './wire';

export function userQuery(id: string) {
  return queryOptions({
    queryKey: ['users', id] as const,
    queryFn: ({ signal }) => api.request<UserView>('GET', `/v1/users/${id}`, { signal }),
  });
}
