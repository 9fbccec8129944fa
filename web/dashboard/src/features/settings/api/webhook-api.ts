import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api } from '../../../lib/api';
import type {
  CreatedWebhookView,
  DeliveryState,
  Page,
  WebhookDeliveryDetailView,
  WebhookDeliveryView,
  WebhookEventType,
  WebhookView,
} from '../../../lib/wire';

const ALL = { limit: 200 };
const DELIVERIES_PER_PAGE = 25;
const LOOKED_AT_EVERY_MS = 1_500;

/** Which webhook, where. */
export interface WebhookPlace {
  environmentId: string;
  webhookId: string;
}

const pathOf = (environmentId: string) => `/v1/environments/${environmentId}/webhooks`;
const pathTo = ({ environmentId, webhookId }: WebhookPlace) => `${pathOf(environmentId)}/${webhookId}`;

export function webhooksQuery(environmentId: string) {
  return queryOptions({
    queryKey: ['environments', environmentId, 'webhooks'] as const,
    queryFn: ({ signal }) =>
      api
        .request<Page<WebhookView>>('GET', pathOf(environmentId), { query: ALL, signal })
        .then((page) => page.items),
  });
}

export function webhookQuery(place: WebhookPlace) {
  return queryOptions({
    queryKey: [...webhooksQuery(place.environmentId).queryKey, place.webhookId] as const,
    queryFn: ({ signal }) => api.request<WebhookView>('GET', pathTo(place), { signal }),
  });
}

export interface DeliveryFilter {
  state?: DeliveryState;
  type?: WebhookEventType;
}

const ledgerKey = (place: WebhookPlace) => [...webhookQuery(place).queryKey, 'deliveries'] as const;

export function deliveriesQuery(place: WebhookPlace, filter: DeliveryFilter) {
  return infiniteQueryOptions({
    queryKey: [...ledgerKey(place), filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.request<Page<WebhookDeliveryView>>('GET', `${pathTo(place)}/deliveries`, {
        query: { ...filter, limit: DELIVERIES_PER_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });
}

/** Looked at again while something may still come of it. */
export function deliveryQuery(place: WebhookPlace, deliveryId: string) {
  return queryOptions({
    queryKey: [...webhookQuery(place).queryKey, 'delivery', deliveryId] as const,
    queryFn: ({ signal }) =>
      api.request<WebhookDeliveryDetailView>('GET', `${pathTo(place)}/deliveries/${deliveryId}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => state.data?.state === 'pending' && LOOKED_AT_EVERY_MS,
  });
}

export interface WebhookDraft {
  url: string;
  /** Left out: the host of the URL, or as it was. */
  name?: string;
  description: string | null;
  events: WebhookEventType[];
  isBot: boolean;
  includesNotes: boolean;
}

/** The list, and everything below it. */
const askAgain = (queries: QueryClient, environmentId: string) =>
  queries.invalidateQueries({ queryKey: webhooksQuery(environmentId).queryKey });

/** The secret is answered once and kept nowhere: no query holds it. */
export function useCreateWebhook(environmentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: WebhookDraft) =>
      api.request<CreatedWebhookView>('POST', pathOf(environmentId), { body }),
    onSuccess: () => askAgain(queries, environmentId),
    gcTime: 0,
  });
}

export function useUpdateWebhook(place: WebhookPlace) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<WebhookDraft & Pick<WebhookView, 'status'>>) =>
      api.request<WebhookView>('PATCH', pathTo(place), { body }),
    onSuccess: () => askAgain(queries, place.environmentId),
  });
}

export function useRotateWebhookSecret(place: WebhookPlace) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.request<{ secret: string }>('POST', `${pathTo(place)}/secret`),
    onSuccess: () => askAgain(queries, place.environmentId),
    gcTime: 0,
  });
}

export function useDeleteWebhook(place: WebhookPlace) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.request<void>('DELETE', pathTo(place)),
    onSuccess: () => {
      queries.removeQueries({ queryKey: webhookQuery(place).queryKey });
      return queries.invalidateQueries({
        queryKey: webhooksQuery(place.environmentId).queryKey,
        exact: true,
      });
    },
  });
}

export function useTestWebhook(place: WebhookPlace) {
  return useMutation({
    mutationFn: () => api.request<{ id: string }>('POST', `${pathTo(place)}/test`),
  });
}

export function useReplay(place: WebhookPlace) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      api.request<{ id: string }>('POST', `${pathTo(place)}/deliveries/${deliveryId}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhookQuery(place).queryKey }),
  });
}

/** After something came of a delivery: the ledger, and how the webhook fares. */
export function useFollowOutcome(place: WebhookPlace): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ledgerKey(place) }),
      queries.invalidateQueries({ queryKey: webhookQuery(place).queryKey, exact: true }),
    ]).then(() => undefined);
}
