import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type { FailedJobView, Page, QueuesView } from '../../../lib/wire';

const READ_EVERY_MS = 5_000;
const JOBS_PER_PAGE = 20;

/** Read again and again while it is looked at; so one failed reading is no reason for tries in between. */
export const queuesQuery = queryOptions({
  queryKey: ['queues'] as const,
  queryFn: ({ signal }) => api.request<QueuesView>('GET', '/v1/queues', { signal }),
  refetchInterval: READ_EVERY_MS,
  retry: false,
});

export function failedJobsQuery(queue: string) {
  return infiniteQueryOptions({
    queryKey: [...queuesQuery.queryKey, queue, 'failed'] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<FailedJobView>>('GET', `/v1/queues/${encodeURIComponent(queue)}/failed`, {
        query: { limit: JOBS_PER_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
    retry: false,
  });
}

export function useRetryJob(queue: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) =>
      api.request<void>(
        'POST',
        `/v1/queues/${encodeURIComponent(queue)}/failed/${encodeURIComponent(jobId)}/retry`,
      ),
    // Refused, too: somebody else may have tried it again.
    onSettled: () => queries.invalidateQueries({ queryKey: queuesQuery.queryKey }),
  });
}
