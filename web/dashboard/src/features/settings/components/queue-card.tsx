import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MONOSPACE } from '../../../lib/theme';
import { roughDuration } from '../../../lib/time';
import type { QueueView } from '../../../lib/wire';
import { FailedJobs } from './failed-jobs';
import { Figure, Figures } from './figures';

const COUNTS = ['waiting', 'active', 'delayed', 'failed'] as const;

export function QueueCard({ queue }: { queue: QueueView }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const jobsId = useId();
  return (
    <Box component="li" sx={{ border: 1, borderColor: 'divider', borderRadius: 1.25, p: 2 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1, mb: 1.5 }}>
        <Box component="h3" sx={{ m: 0, fontFamily: MONOSPACE, fontSize: 14.5, fontWeight: 600 }}>
          {queue.name}
        </Box>
        {queue.paused && <Chip size="small" color="warning" label={t('queues.paused')} />}
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-controls={isOpen ? jobsId : undefined}
          aria-label={t('queues.failedOf', { name: queue.name })}
          onClick={() => setIsOpen(!isOpen)}
          endIcon={<ExpandMoreRounded sx={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />}
          sx={{ ml: 'auto' }}
        >
          {t('queues.failedJobs')}
        </Button>
      </Box>
      <QueueFigures queue={queue} />
      {isOpen && (
        <Box id={jobsId} sx={{ mt: 2, pt: 1, borderTop: 1, borderColor: 'divider' }}>
          <FailedJobs queue={queue.name} />
        </Box>
      )}
    </Box>
  );
}

function QueueFigures({ queue }: { queue: QueueView }) {
  const { t, i18n } = useTranslation();
  const { oldestWaitingMs } = queue;
  return (
    <Figures>
      {COUNTS.map((count) => (
        <Figure
          key={count}
          label={t(`queues.${count}`)}
          value={queue[count].toLocaleString(i18n.language)}
          isWarning={count === 'failed' && queue.failed > 0}
        />
      ))}
      <Figure
        label={t('queues.oldest')}
        value={oldestWaitingMs === null ? '–' : roughDuration(oldestWaitingMs, i18n.language)}
      />
    </Figures>
  );
}
