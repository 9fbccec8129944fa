import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { ErrorMessage } from '../../../components/ui/state-message';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import { dateTime } from '../../../lib/time';
import type { FailedJobView } from '../../../lib/wire';
import { failedJobsQuery, useRetryJob } from '../api/queue-api';

/** What was given up of the organization's own; the count beside it is of the whole installation. */
export function FailedJobs({ queue }: { queue: string }) {
  const { t } = useTranslation();
  const { data, error, refetch, ...list } = useInfiniteQuery(failedJobsQuery(queue));
  const retry = useRetryJob(queue);
  const texts = { 'common.unavailable': t('queues.away') };
  if (error && !data) return <ErrorMessage error={error} texts={texts} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={72} />;
  const jobs = data.pages.flatMap((page) => page.items);
  return (
    <>
      <FormError
        error={retry.error ?? error}
        texts={{ ...texts, 'queue.not_found': t('queues.alreadyRetried') }}
      />
      {jobs.length === 0 && (
        <Typography variant="body2" color="textSecondary" role="status">
          {t('queues.noneFailed')}
        </Typography>
      )}
      <Box component="ul" aria-label={t('queues.failedOf', { name: queue })} sx={listSx}>
        {jobs.map((job) => (
          <JobLine
            key={job.id}
            job={job}
            isBusy={retry.isPending && retry.variables === job.id}
            onRetry={() => retry.mutate(job.id, { onSuccess: () => showToast(t('queues.retried')) })}
          />
        ))}
      </Box>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}

interface JobLineProps {
  job: FailedJobView;
  isBusy: boolean;
  onRetry: () => void;
}

function JobLine({ job, isBusy, onRetry }: JobLineProps) {
  const { t, i18n } = useTranslation();
  const canRetry = useCan('queue.manage');
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, py: 1.25 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontFamily: MONOSPACE, fontSize: 13.5, fontWeight: 600 }}>{job.name}</Box>
        <Box sx={{ fontSize: 13.5, overflowWrap: 'anywhere' }}>{job.failedReason}</Box>
        <Typography variant="caption" color="textSecondary">
          {t('queues.tried', { count: job.attempts })} · {dateTime(job.failedAt, i18n.language)}
        </Typography>
      </Box>
      {canRetry && (
        <Button
          size="small"
          variant="outlined"
          loading={isBusy}
          aria-label={t('queues.retryOf', { name: job.name })}
          onClick={onRetry}
          sx={{ flexShrink: 0 }}
        >
          {t('common.retry')}
        </Button>
      )}
    </Box>
  );
}

const listSx = { m: 0, p: 0, listStyle: 'none' } as const;
