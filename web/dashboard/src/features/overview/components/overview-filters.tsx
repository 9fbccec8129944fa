import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { environmentsQuery } from '../../../lib/tenant-queries';
import type { OverviewFilter } from '../api/overview-api';
import { PERIODS } from '../hooks/use-overview-filter';

interface OverviewFiltersProps extends OverviewFilter {
  onChange: (filter: Partial<OverviewFilter>) => void;
}

export function OverviewFilters({ days, environmentId, onChange }: OverviewFiltersProps) {
  const { t } = useTranslation();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
      <EnvironmentPicker environmentId={environmentId} onChange={onChange} />
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('overview.days')}
        value={days}
        onChange={(_event, period: number | null) => period !== null && onChange({ days: period })}
      >
        {PERIODS.map((period) => (
          <ToggleButton key={period} value={period} sx={{ px: 1.5, textTransform: 'none' }}>
            {period === 1 ? t('overview.today') : t('overview.lastDays', { count: period })}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  );
}

/** Not where there is nothing to choose. */
function EnvironmentPicker({ environmentId = '', onChange }: Omit<OverviewFiltersProps, 'days'>) {
  const { t } = useTranslation();
  const { data: environments = [] } = useQuery(environmentsQuery);
  if (environments.length < 2) return null;
  const isKnown = environments.some(({ id }) => id === environmentId);
  return (
    <Select
      displayEmpty
      value={isKnown ? environmentId : ''}
      inputProps={{ 'aria-label': t('overview.environment') }}
      onChange={(event) => onChange({ environmentId: event.target.value || undefined })}
      sx={{ fontSize: 14, minWidth: 140 }}
    >
      <MenuItem value="">{t('overview.everyEnvironment')}</MenuItem>
      {environments.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </Select>
  );
}
