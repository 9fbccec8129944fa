import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { OverviewView } from '../../../lib/wire';

/** As long as the server itself goes on saying the same. */
const READ_EVERY_MS = 30_000;

export interface OverviewFilter {
  days: number;
  environmentId?: string;
}

export function overviewQuery(filter: OverviewFilter) {
  return queryOptions({
    queryKey: ['overview', filter] as const,
    queryFn: ({ signal }) =>
      api.request<OverviewView>('GET', '/v1/overview', { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: READ_EVERY_MS,
    retry: false,
  });
}
