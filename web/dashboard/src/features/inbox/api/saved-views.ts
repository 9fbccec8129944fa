import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { showError } from '../../../components/ui/toast';
import { api } from '../../../lib/api';
import type { Page, SavedViewFilter, SavedViewView } from '../../../lib/wire';

const PATH = '/v1/agents/me/views';

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'] as const,
  queryFn: ({ signal }) =>
    api.request<Page<SavedViewView>>('GET', PATH, { signal }).then((page) => page.items),
  staleTime: 60_000,
});

type Change =
  | { part: 'create'; name: string; filter: SavedViewFilter }
  | { part: 'update'; id: string; fields: Partial<Pick<SavedViewView, 'name' | 'filter'>> }
  | { part: 'order'; ids: string[] }
  | { part: 'remove'; id: string };

export function useSavedViewChange(onDone?: (view: SavedViewView | undefined) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => send(change, queries.getQueryData(savedViewsQuery.queryKey) ?? []),
    onSuccess: (view) => onDone?.(view),
    onError: (error, { part }) => part !== 'create' && showError(error),
    onSettled: () => queries.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  });
}

async function send(change: Change, held: SavedViewView[]): Promise<SavedViewView | undefined> {
  switch (change.part) {
    case 'create':
      return api.request('POST', PATH, { body: { name: change.name, filter: change.filter } });
    case 'update':
      return api.request('PATCH', `${PATH}/${change.id}`, { body: change.fields });
    case 'remove':
      await api.request('DELETE', `${PATH}/${change.id}`);
      return undefined;
    case 'order':
      await reorder(change.ids, held);
      return undefined;
  }
}

/** Each gets the number of its place; those that have it already are left alone. */
async function reorder(ids: string[], held: SavedViewView[]): Promise<void> {
  const isThere = (id: string, position: number) =>
    held.some((view) => view.id === id && view.position === position);
  for (const [position, id] of ids.entries())
    if (!isThere(id, position)) await api.request('PATCH', `${PATH}/${id}`, { body: { position } });
}
