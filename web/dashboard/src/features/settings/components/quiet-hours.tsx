import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { useSelf } from '../../../lib/self';
import { useSessionStore } from '../../../lib/session';
import { weekday } from '../../../lib/time';
import type { QuietHours as Hours } from '../../../lib/wire';
import { SettingsGroup } from './settings-page';

const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;

interface QuietHoursProps {
  hours: Hours;
  onChange: (hours: Hours) => void;
}

export function QuietHours({ hours, onChange }: QuietHoursProps) {
  const { t, i18n } = useTranslation();
  const change = (named: Partial<Hours>) => onChange({ ...hours, ...named });
  return (
    <SettingsGroup
      title={t('notifications.quiet')}
      hint={t('notifications.quietHint', { timeZone: useTimeZone() })}
    >
      <Stack spacing={2.5} useFlexGap>
        <FormControlLabel
          control={<Switch checked={hours.enabled} onChange={(_event, enabled) => change({ enabled })} />}
          label={t('notifications.quietOn')}
        />
        <Stack direction="row" spacing={1.5} sx={{ maxWidth: 340 }}>
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              type="time"
              label={t(`notifications.${end}`)}
              value={hours[end]}
              disabled={!hours.enabled}
              onChange={({ target }) => target.value && change({ [end]: target.value })}
              slotProps={{ inputLabel: { shrink: true } }}
            />
          ))}
        </Stack>
        <ToggleButtonGroup
          size="small"
          value={hours.days}
          disabled={!hours.enabled}
          aria-label={t('notifications.days')}
          onChange={(_event, days: number[]) => change({ days: days.toSorted() })}
          sx={{ flexWrap: 'wrap' }}
        >
          {DAYS.map((day) => (
            <ToggleButton key={day} value={day} sx={{ px: { xs: 1, sm: 1.75 } }}>
              {weekday(day, i18n.language)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Stack>
    </SettingsGroup>
  );
}

function useTimeZone(): string {
  const ofOrganization = useSessionStore((state) => state.session?.organization.settings.timeZone);
  return useSelf().preferences.timeZone ?? ofOrganization ?? '';
}
