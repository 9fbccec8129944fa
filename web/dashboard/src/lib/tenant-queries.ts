import { queryOptions } from '@tanstack/react-query';
import { api } from './api';
import type { AgentView, EnvironmentView, MeView, Page, TeamView } from './wire';

/** An organization's agents and environments are few: one page holds them. */
const ALL = { limit: 200 };

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) =>
    api.request<Page<AgentView>>('GET', '/v1/agents', { query: ALL, signal }).then((page) => page.items),
  staleTime: 60_000,
});

export const environmentsQuery = queryOptions({
  queryKey: ['environments'],
  queryFn: ({ signal }) =>
    api
      .request<Page<EnvironmentView>>('GET', '/v1/environments', { query: ALL, signal })
      .then((page) => page.items),
  staleTime: 60_000,
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) =>
    api.request<Page<TeamView>>('GET', '/v1/teams', { query: ALL, signal }).then((page) => page.items),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.request<MeView>('GET', '/v1/auth/me', { signal }),
  staleTime: 60_000,
});
