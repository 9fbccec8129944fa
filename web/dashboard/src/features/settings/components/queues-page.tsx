import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { errorText } from '../../../lib/error-text';
import { useCan } from '../../../lib/self';
import { roughDuration, timeOfDay } from '../../../lib/time';
import type { BacklogView } from '../../../lib/wire';
import { queuesQuery } from '../api/queue-api';
import { Figure, Figures } from './figures';
import { QueueCard } from './queue-card';
import { SettingsGroup, SettingsPage } from './settings-page';

/** The server counts no further. */
const OVERDUE_MAX = 1_000;

export function QueuesPage() {
  const { t } = useTranslation();
  const canRead = useCan('queue.read');
  return (
    <SettingsPage title={t('settings.queues')} intro={canRead ? t('queues.intro') : undefined}>
      {canRead ? (
        <Queues />
      ) : (
        <StateMessage title={t('errors.forbiddenTitle')} text={t('errors.forbiddenText')} />
      )}
    </SettingsPage>
  );
}

function Queues() {
  const { t, i18n } = useTranslation();
  const { data, dataUpdatedAt, error, refetch } = useQuery(queuesQuery);
  const texts = { 'common.unavailable': t('queues.away') };
  if (error && !data) return <ErrorMessage error={error} texts={texts} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={240} />;
  return (
    <>
      {error && (
        <Alert severity="warning" role="alert" sx={{ mb: 3 }}>
          {errorText(error, t, texts)} {t('queues.stale', { time: timeOfDay(dataUpdatedAt, i18n.language) })}
        </Alert>
      )}
      <SettingsGroup title={t('queues.list')} hint={t('queues.listHint')}>
        <Stack component="ul" aria-label={t('queues.list')} spacing={1.5} sx={listSx}>
          {data.items.map((queue) => (
            <QueueCard key={queue.name} queue={queue} />
          ))}
        </Stack>
      </SettingsGroup>
      <SettingsGroup title={t('queues.backlog')} hint={t('queues.backlogHint')}>
        <Backlog backlog={data.backlog} />
      </SettingsGroup>
    </>
  );
}

function Backlog({ backlog: { overdue, oldestOverdueMs } }: { backlog: BacklogView }) {
  const { t, i18n } = useTranslation();
  const count = overdue.toLocaleString(i18n.language);
  return (
    <Figures>
      <Figure
        label={t('queues.overdue')}
        value={overdue >= OVERDUE_MAX ? `${count}+` : count}
        isWarning={overdue > 0}
      />
      <Figure
        label={t('queues.overdueFor')}
        value={oldestOverdueMs === null ? '–' : roughDuration(oldestOverdueMs, i18n.language)}
      />
    </Figures>
  );
}

const listSx = { m: 0, p: 0, listStyle: 'none' } as const;
