import { ChatError } from '@fast-light-chat/sdk';
import { QueryClient } from '@tanstack/react-query';

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
