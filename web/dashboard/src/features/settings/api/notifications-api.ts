import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { showError } from '../../../components/ui/toast';
import { api } from '../../../lib/api';
import {
  askForPushes,
  rememberDevice,
  rememberedDevice,
  subscribeBrowser,
  unsubscribeBrowser,
} from '../../../lib/push';
import type { NotificationSettings, Page, PushKeyView, PushSubscriptionView } from '../../../lib/wire';

const SETTINGS = '/v1/agents/me/notifications';
const DEVICES = '/v1/agents/me/push-subscriptions';

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => api.request<NotificationSettings>('GET', SETTINGS, { signal }),
});

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) =>
    api.request<Page<PushSubscriptionView>>('GET', DEVICES, { signal }).then((page) => page.items),
});

/**
 * Shown as chosen at once, and as it was when the server refuses. One after the other, so that the last choice is the one
 * that stays; an answer says nothing about what was chosen after it.
 */
export function useUpdateNotifications() {
  const queries = useQueryClient();
  const { queryKey } = notificationsQuery;
  const show = (change: Partial<NotificationSettings>) =>
    queries.setQueryData(queryKey, (settings) => settings && { ...settings, ...change });
  const isLast = () => queries.isMutating({ mutationKey: queryKey }) === 1;
  return useMutation({
    mutationKey: queryKey,
    scope: { id: SETTINGS },
    mutationFn: (body: Partial<NotificationSettings>) =>
      api.request<NotificationSettings>('PATCH', SETTINGS, { body }),
    onMutate: (change) => {
      const before = queries.getQueryData(queryKey);
      show(change);
      return before;
    },
    onSuccess: (settings) => isLast() && queries.setQueryData(queryKey, settings),
    onError: (error, change, before) => {
      if (before) show(partOf(before, change));
      if (isLast()) void queries.invalidateQueries({ queryKey });
      showError(error);
    },
  });
}

function partOf(settings: NotificationSettings, named: Partial<NotificationSettings>): object {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key in named));
}

/** Answers what the browser says. */
export function useAddThisDevice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const permission = await askForPushes();
      if (permission !== 'granted') return permission;
      const { publicKey } = await api.request<PushKeyView>('GET', '/v1/push/key');
      const { endpoint, keys } = await subscribeBrowser(publicKey);
      const device = await api.request<PushSubscriptionView>('POST', DEVICES, { body: { endpoint, keys } });
      rememberDevice(device.id);
      return permission;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
}

export function useRemoveDevice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.request<void>('DELETE', `${DEVICES}/${id}`);
      if (id === rememberedDevice()) await unsubscribeBrowser();
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: devicesQuery.queryKey }),
    onError: showError,
  });
}
