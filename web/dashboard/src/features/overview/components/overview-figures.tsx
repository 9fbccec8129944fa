import Box from '@mui/material/Box';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { twoUnits } from '../../../lib/time';
import type { DurationFigures, OverviewView } from '../../../lib/wire';

const NOTHING = '–';

interface FigureProps {
  label: string;
  value: string;
  hint: string;
  isWarning?: boolean;
}

export function OverviewFigures({ overview }: { overview: OverviewView }) {
  const { t, i18n } = useTranslation();
  const figures = [
    ...countsOf(overview, t, i18n.language),
    durationOf(t('overview.firstResponse'), overview.firstResponseMs, t, i18n.language),
    durationOf(t('overview.resolution'), overview.resolutionMs, t, i18n.language),
    ratingOf(overview, t, i18n.language),
  ];
  return (
    <Box
      component="dl"
      aria-label={t('overview.figures')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: { xs: 1, sm: 2 },
        m: 0,
      }}
    >
      {figures.map((figure) => (
        <Figure key={figure.label} {...figure} />
      ))}
    </Box>
  );
}

function countsOf({ conversations }: OverviewView, t: TFunction, language: string): FigureProps[] {
  const { waitingNow, longestWaitMs, created, resolved } = conversations;
  const count = (number: number) => number.toLocaleString(language);
  return [
    {
      label: t('overview.waiting'),
      value: count(waitingNow),
      hint:
        longestWaitMs === null
          ? t('overview.nobodyWaits')
          : t('overview.waitingFor', { time: twoUnits(longestWaitMs, language) }),
      isWarning: waitingNow > 0,
    },
    {
      label: t('overview.created'),
      value: count(created),
      hint: t('overview.resolvedOf', { number: count(resolved) }),
    },
  ];
}

function durationOf(
  label: string,
  { median, p90 }: DurationFigures,
  t: TFunction,
  language: string,
): FigureProps {
  if (median === null || p90 === null) return { label, value: NOTHING, hint: t('overview.notYet') };
  const hint = t('overview.mostWithin', { time: twoUnits(p90, language) });
  return { label, value: twoUnits(median, language), hint };
}

function ratingOf({ rating: { average, count } }: OverviewView, t: TFunction, language: string): FigureProps {
  const label = t('overview.rating');
  if (average === null) return { label, value: NOTHING, hint: t('overview.noRatings') };
  const value = average.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return { label, value: `${value} / 5`, hint: t('overview.ratings', { count }) };
}

function Figure({ label, value, hint, isWarning }: FigureProps) {
  return (
    <Box
      sx={{
        flex: { xs: '1 1 150px', sm: '1 1 175px' },
        p: { xs: 1.5, sm: 2 },
        border: 1,
        borderColor: 'divider',
        borderRadius: 1.25,
        minWidth: 0,
      }}
    >
      <Box component="dt" sx={{ fontSize: 13, color: 'text.secondary' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          mt: 0.25,
          fontSize: { xs: 22, sm: 26 },
          fontWeight: 700,
          letterSpacing: '-0.02em',
          fontVariantNumeric: 'tabular-nums',
          color: isWarning ? 'warning.main' : 'text.primary',
        }}
      >
        {value}
      </Box>
      <Box component="dd" sx={{ m: 0, fontSize: 12.5, color: 'text.secondary' }}>
        {hint}
      </Box>
    </Box>
  );
}
