import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../../components/ui/state-message';
import { errorText } from '../../../lib/error-text';
import { clockTime } from '../../../lib/time';
import { useTitle } from '../../../lib/use-title';
import type { OverviewView } from '../../../lib/wire';
import { overviewQuery } from '../api/overview-api';
import { dayBars, hourBars, hourOfDayBars } from '../hooks/activity-bars';
import { useOverviewFilter } from '../hooks/use-overview-filter';
import { ActivityPanel } from './activity-panel';
import { OnlineAgents } from './online-agents';
import { OverviewFigures } from './overview-figures';
import { OverviewFilters } from './overview-filters';

export function OverviewPage() {
  const { t } = useTranslation();
  const { days, environmentId, change } = useOverviewFilter();
  useTitle(t('overview.title'));
  return (
    <Box sx={{ height: '100%', overflowY: 'auto' }}>
      <Box sx={{ maxWidth: 1120, mx: 'auto', px: { xs: 2, sm: 4 }, py: { xs: 2, sm: 4 } }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            justifyContent: 'space-between',
            gap: 2,
            mb: 3,
          }}
        >
          <Typography variant="h1">{t('overview.title')}</Typography>
          <OverviewFilters days={days} environmentId={environmentId} onChange={change} />
        </Box>
        <Overview days={days} environmentId={environmentId} />
      </Box>
    </Box>
  );
}

function Overview({ days, environmentId }: { days: number; environmentId?: string }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(overviewQuery({ days, environmentId }));
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      {error && (
        <Alert severity="warning" role="alert" sx={{ mb: 2 }}>
          {errorText(error, t)}
        </Alert>
      )}
      <OverviewFigures overview={data} />
      <Charts overview={data} days={days} />
      <OnlineAgents agents={data.online} />
      <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 3 }}>
        {t('overview.timeZone', { timeZone: data.timeZone, time: clockTime(data.to, i18n.language) })}
      </Typography>
    </>
  );
}

function Charts({ overview, days }: { overview: OverviewView; days: number }) {
  const { t, i18n } = useTranslation();
  if (days === 1)
    return <ActivityPanel title={t('overview.perHour')} bars={hourBars(overview, i18n.language)} />;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { lg: '1fr 1fr' }, columnGap: 2 }}>
      <ActivityPanel title={t('overview.perDay')} bars={dayBars(overview, i18n.language)} />
      <ActivityPanel
        title={t('overview.byHour')}
        hint={t('overview.byHourHint')}
        bars={hourOfDayBars(overview, i18n.language)}
      />
    </Box>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <Box role="status" aria-label={t('common.loading')}>
      <Skeleton variant="rounded" height={120} />
      <Skeleton variant="rounded" height={340} sx={{ mt: 2 }} />
    </Box>
  );
}
