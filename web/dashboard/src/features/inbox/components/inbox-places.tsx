import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../../../lib/commands';
import { useCan } from '../../../lib/self';
import { teamsQuery } from '../../../lib/tenant-queries';
import { savedViewsQuery } from '../api/saved-views';
import { INBOX_VIEWS, searchOf } from '../hooks/inbox-address';
import { addressOfSaved } from './saved-views';

/** Every list of the inbox, for the palette. */
export function InboxPlaces() {
  const { t } = useTranslation();
  const canReview = useCan('message.review');
  const { data: saved = [] } = useQuery(savedViewsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const views = canReview ? [...INBOX_VIEWS, 'held' as const] : INBOX_VIEWS;
  const label = (name: string) => `${t('app.inbox')}: ${name}`;
  usePlaces('inbox', [
    ...views.map((view) => ({ id: view, label: label(t(`inbox.${view}`)), to: `/inbox/${view}` })),
    ...saved.map((view) => ({ id: view.id, label: label(view.name), to: addressOfSaved(view) })),
    ...teams.map(({ id, name }) => ({
      id,
      label: label(name),
      to: `/inbox/all?${searchOf({ teamId: id })}`,
    })),
  ]);
  return null;
}
