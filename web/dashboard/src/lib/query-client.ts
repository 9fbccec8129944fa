import { ChatError } from '@fast-light-chat/sdk';
import { QueryClient, type QueryFilters } from '@tanstack/react-query';

export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 3 && error instanceof ChatError && error.retryable;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}

/** Asks anew for what is in view; for what is on its way for the first time, too, since that was asked before. */
export async function askAnew(queries: QueryClient, filters: QueryFilters): Promise<void> {
  const found = queries.getQueryCache().findAll(filters);
  const early = found.filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching');
  await queries.invalidateQueries(filters);
  if (early.length > 0) await queries.invalidateQueries({ predicate: (query) => early.includes(query) });
}
