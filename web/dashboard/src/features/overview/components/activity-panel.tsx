import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peakOf, totalOf, type ActivityBar } from '../hooks/activity-bars';

/** The library of the charts is by far the largest part of the page: the figures do not wait for it. */
const ActivityChart = lazy(() => import('./activity-chart'));

const CHART_HEIGHT = 280;

interface ActivityPanelProps {
  title: string;
  hint?: string;
  bars: readonly ActivityBar[];
}

/** A chart, said in one sentence to those who do not see it; or the same as a table, for whoever wants the numbers. */
export function ActivityPanel({ title, hint, bars }: ActivityPanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [isTable, setIsTable] = useState(false);
  const isSilent = bars.every(({ messages, conversations }) => messages + conversations === 0);
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      sx={{
        mt: 2,
        p: { xs: 1.5, sm: 2 },
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.25,
        minWidth: 0,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 1, mb: 1 }}>
        <Box>
          <Typography variant="h2" id={titleId}>
            {title}
          </Typography>
          {hint && (
            <Typography variant="caption" color="textSecondary">
              {hint}
            </Typography>
          )}
        </Box>
        {!isSilent && <Switch title={title} isTable={isTable} onChange={setIsTable} />}
      </Box>
      {isSilent ? (
        <Box sx={{ py: 6, textAlign: 'center', color: 'text.secondary', fontSize: 14 }}>
          {t('overview.silent')}
        </Box>
      ) : isTable ? (
        <ActivityTable title={title} bars={bars} />
      ) : (
        <Drawing title={title} bars={bars} />
      )}
    </Box>
  );
}

interface SwitchProps {
  title: string;
  isTable: boolean;
  onChange: (isTable: boolean) => void;
}

function Switch({ title, isTable, onChange }: SwitchProps) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={isTable}
      aria-label={t('overview.show', { title })}
      sx={{ flexShrink: 0, whiteSpace: 'nowrap' }}
      onChange={(_event, next: boolean | null) => next !== null && onChange(next)}
    >
      {[false, true].map((asTable) => (
        <ToggleButton key={String(asTable)} value={asTable} sx={{ px: 1.25, py: 0.5, textTransform: 'none' }}>
          {t(asTable ? 'overview.asTable' : 'overview.asChart')}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function Drawing({ title, bars }: { title: string; bars: readonly ActivityBar[] }) {
  const { t, i18n } = useTranslation();
  const peak = peakOf(bars);
  const number = (of: number) => of.toLocaleString(i18n.language);
  const summary = t('overview.summary', {
    title,
    total: number(totalOf(bars)),
    peak: peak?.name ?? '',
    most: number(peak?.messages ?? 0),
  });
  return (
    <Box role="img" aria-label={summary} sx={{ minHeight: CHART_HEIGHT }}>
      <Suspense fallback={<Skeleton variant="rounded" height={CHART_HEIGHT} />}>
        <ActivityChart bars={bars} height={CHART_HEIGHT} />
      </Suspense>
    </Box>
  );
}

function ActivityTable({ title, bars }: { title: string; bars: readonly ActivityBar[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Box
      role="group"
      aria-label={title}
      // Scrolled by keyboard too.
      tabIndex={0}
      sx={{ height: CHART_HEIGHT, overflowY: 'auto' }}
    >
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{t('overview.time')}</TableCell>
            <TableCell align="right">{t('overview.messages')}</TableCell>
            <TableCell align="right">{t('overview.conversations')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {bars.map(({ name, messages, conversations }) => (
            <TableRow key={name}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              <TableCell align="right">{messages.toLocaleString(i18n.language)}</TableCell>
              <TableCell align="right">{conversations.toLocaleString(i18n.language)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
