import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import type { ActivityBar } from '../hooks/activity-bars';

/** Of the theme that is on: variables, which change with it. */
const COLORS = {
  messages: 'var(--mui-palette-primary-main)',
  conversations: 'var(--mui-palette-warning-main)',
};

/** Only for the eye: whoever shows it says what it shows. Loaded when first drawn, therefore the default. */
export default function ActivityChart({ bars, height }: { bars: readonly ActivityBar[]; height: number }) {
  const { t, i18n } = useTranslation();
  const compact = new Intl.NumberFormat(i18n.language, { notation: 'compact' });
  const series = (['messages', 'conversations'] as const).map((of) => ({
    id: of,
    label: t(`overview.${of}`),
    color: COLORS[of],
    data: bars.map((bar) => bar[of]),
  }));
  return (
    <BarChart
      height={height}
      disableKeyboardNavigation
      borderRadius={3}
      grid={{ horizontal: true }}
      margin={{ left: 0, right: 8, top: 8, bottom: 0 }}
      series={series}
      xAxis={[
        { scaleType: 'band', data: bars.map(({ label }) => label), disableLine: true, disableTicks: true },
      ]}
      yAxis={[
        {
          width: 44,
          disableLine: true,
          disableTicks: true,
          tickMinStep: 1,
          valueFormatter: (count: number) => compact.format(count),
        },
      ]}
    />
  );
}
