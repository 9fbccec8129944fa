import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { PanelSection } from '../../../components/ui/panel-section';
import { dateTime, relativeTime } from '../../../lib/time';
import type { TrackedEventView } from '../../../lib/wire';
import { userEventsQuery } from '../api/user-events-query';
import { lookAgain } from '../hooks/refresh';

/** What they did on the company's site lately. */
export function UserEvents({ userId, isGone }: { userId: string; isGone: boolean }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({ ...userEventsQuery(userId), ...lookAgain(isGone) });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PanelSection title={t('user.events')}>
      {query.isPending && <Skeleton role="status" aria-label={t('common.loading')} width="70%" />}
      {query.isError && !query.data && <FormError error={query.error} />}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </Box>
      {query.data && events.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('user.noEvents')}
        </Typography>
      )}
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </PanelSection>
  );
}

function Event({ event }: { event: TrackedEventView }) {
  const { i18n } = useTranslation();
  const properties = Object.entries(event.properties);
  return (
    <Box component="li" sx={{ py: 0.75, fontSize: 14 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
        <Box sx={{ minWidth: 0, fontWeight: 600, overflowWrap: 'anywhere' }}>{event.name}</Box>
        <Tooltip title={dateTime(event.at, i18n.language)}>
          <Box
            component="time"
            dateTime={event.at}
            sx={{ flex: 'none', fontSize: 12.5, color: 'text.secondary' }}
          >
            {relativeTime(event.at, i18n.language)}
          </Box>
        </Tooltip>
      </Box>
      {properties.length > 0 && (
        <Box sx={{ fontSize: 12.5, color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {properties.map(([name, value]) => `${name}: ${value}`).join(' · ')}
        </Box>
      )}
    </Box>
  );
}
