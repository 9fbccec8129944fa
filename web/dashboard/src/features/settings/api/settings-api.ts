import { useMutation, useQueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import { updateIdentity } from '../../../lib/session';
import { agentsQuery, environmentsQuery, meQuery } from '../../../lib/tenant-queries';
import type {
  AgentView,
  ApiKeyView,
  CreatedApiKeyView,
  EnvironmentView,
  FileSettings,
  IdentityVerification,
  InvitationView,
  ModerationSettings,
  OfficeHours,
  OrganizationSettings,
  OrganizationView,
  Page,
  Role,
  SessionView,
  WidgetSettings,
} from '../../../lib/wire';

const ALL = { limit: 200 };
const itemsOf = <T>(page: Page<T>) => page.items;

/** The token of an invitation is answered once, when it is made. */
export type OpenInvitation = Omit<InvitationView, 'token'>;

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) =>
    api.request<Page<OpenInvitation>>('GET', '/v1/agents/invitations', { query: ALL, signal }).then(itemsOf),
});

export function apiKeysQuery(environmentId: string) {
  return queryOptions({
    queryKey: ['environments', environmentId, 'api-keys'],
    queryFn: ({ signal }) =>
      api
        .request<Page<ApiKeyView>>('GET', `/v1/environments/${environmentId}/api-keys`, {
          query: ALL,
          signal,
        })
        .then(itemsOf),
  });
}

/** A change on the server that makes what is held under the key stale. */
function useChange<Input, Output>(queryKey: readonly unknown[], change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey }) });
}

export interface OrganizationChange {
  name?: string;
  settings?: Partial<OrganizationSettings>;
}

export function useUpdateOrganization() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: OrganizationChange) =>
      api.request<OrganizationView>('PATCH', '/v1/organization', { body }),
    onSuccess: (organization) => {
      updateIdentity({ organization });
      return queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
}

export const useCreateOrganization = () =>
  useChange(meQuery.queryKey, (name: string) =>
    api.request<{ id: string }>('POST', '/v1/organizations', { body: { name } }),
  );

export const switchOrganization = (organizationId: string) =>
  api.request<SessionView>('POST', '/v1/auth/switch', { body: { organizationId } });

export const useChangeRole = () =>
  useChange(agentsQuery.queryKey, ({ id, role }: { id: string; role: Role }) =>
    api.request<AgentView>('PATCH', `/v1/agents/${id}`, { body: { role } }),
  );

export const useRemoveAgent = () =>
  useChange(agentsQuery.queryKey, (id: string) => api.request<void>('DELETE', `/v1/agents/${id}`));

export const useInvite = () =>
  useChange(invitationsQuery.queryKey, (body: { email: string; role: Role }) =>
    api.request<InvitationView>('POST', '/v1/agents/invitations', { body }),
  );

export const useRevokeInvitation = () =>
  useChange(invitationsQuery.queryKey, (id: string) =>
    api.request<void>('DELETE', `/v1/agents/invitations/${id}`),
  );

export interface EnvironmentChange {
  name?: string;
  allowedOrigins?: string[];
  identityVerification?: IdentityVerification;
  settings?: {
    widget?: WidgetSettings;
    officeHours?: OfficeHours;
    files?: FileSettings;
    moderation?: ModerationSettings;
  };
}

export const useCreateEnvironment = () =>
  useChange(environmentsQuery.queryKey, (name: string) =>
    api.request<EnvironmentView>('POST', '/v1/environments', { body: { name } }),
  );

export const useUpdateEnvironment = (id: string) =>
  useChange(environmentsQuery.queryKey, (body: EnvironmentChange) =>
    api.request<EnvironmentView>('PATCH', `/v1/environments/${id}`, { body }),
  );

export const useDeleteEnvironment = () =>
  useChange(environmentsQuery.queryKey, (id: string) =>
    api.request<void>('DELETE', `/v1/environments/${id}`),
  );

export const useRotatePluginKey = (id: string) =>
  useChange(environmentsQuery.queryKey, () =>
    api.request<EnvironmentView>('POST', `/v1/environments/${id}/plugin-key`),
  );

/** Answered once and kept nowhere: no query holds it. */
export const useRotateIdentitySecret = (id: string) =>
  useMutation({
    mutationFn: () =>
      api.request<{ identitySecret: string }>('POST', `/v1/environments/${id}/identity-secret`),
    gcTime: 0,
  });

export interface ApiKeyDraft {
  name: string;
  scopes: string[];
  expiresAt?: string;
}

export function useCreateApiKey(environmentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyDraft) =>
      api.request<CreatedApiKeyView>('POST', `/v1/environments/${environmentId}/api-keys`, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiKeysQuery(environmentId).queryKey }),
    gcTime: 0,
  });
}

export const useRevokeApiKey = (environmentId: string) =>
  useChange(apiKeysQuery(environmentId).queryKey, (keyId: string) =>
    api.request<void>('DELETE', `/v1/environments/${environmentId}/api-keys/${keyId}`),
  );
