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

/** Shown as chosen at once, and as it was when the server refuses. */
export function useUpdateNotifications() {
  const queries = useQueryClient();
  const { queryKey } = notificationsQuery;
  return useMutation({
    mutationFn: (body: Partial<NotificationSettings>) =>
      api.request<NotificationSettings>('PATCH', SETTINGS, { body }),
    onMutate: (change) => {
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, (settings) => settings && { ...settings, ...change });
      return before;
    },
    onSuccess: (settings) => queries.setQueryData(queryKey, settings),
    onError: (error, _change, before) => {
      queries.setQueryData(queryKey, before);
      showError(error);
    },
  });
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
