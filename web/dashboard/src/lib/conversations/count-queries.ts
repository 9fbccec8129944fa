import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../api';
import { askAnew } from '../query-client';
import type { ConversationCounts } from '../wire';

export const COUNTS_KEY = ['conversation-counts'] as const;
/** What is counted is told to nobody; what happens in the meantime is counted together. */
const ASKED_EVERY_MS = 3_000;

export const countsQuery = queryOptions({
  queryKey: COUNTS_KEY,
  queryFn: ({ signal }) => api.request<ConversationCounts>('GET', '/v1/conversations/counts', { signal }),
});

/** Asks at most every few seconds, and once more after the last of a burst. */
export function createRecount(queries: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAskedAgain = false;
  const ask = () => {
    isAskedAgain = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (isAskedAgain) ask();
    }, ASKED_EVERY_MS);
    void askAnew(queries, { queryKey: COUNTS_KEY });
  };
  return {
    ask: () => {
      if (timer === undefined) ask();
      else isAskedAgain = true;
    },
    stop: () => clearTimeout(timer),
  };
}
