import CircleRounded from '@mui/icons-material/CircleRounded';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import InputBase from '@mui/material/InputBase';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showError } from '../../../components/ui/toast';
import { useUpdateSelf } from '../../../lib/agent-mutations';
import { AVAILABILITIES, AVAILABILITY_COLORS } from '../../../lib/availability';
import { useSelf } from '../../../lib/self';

const STATUS_MAX = 100;

/** What one's team sees of oneself. */
export function OwnStatus() {
  const { t } = useTranslation();
  const self = useSelf();
  const update = useUpdateSelf();
  return (
    <Box
      role="group"
      aria-label={t('team.yourStatus')}
      sx={{ mx: 2, border: 1, borderColor: 'divider', borderRadius: 1.25, overflow: 'hidden' }}
    >
      <Select
        fullWidth
        variant="standard"
        disableUnderline
        value={self.availability}
        inputProps={{ 'aria-label': t('presence.availability') }}
        onChange={(event) => update.mutate({ availability: event.target.value }, { onError: showError })}
        sx={{ px: 1.5, py: 0.5, fontSize: 14 }}
      >
        {AVAILABILITIES.map(({ value, label }) => (
          <MenuItem key={value} value={value}>
            <CircleRounded aria-hidden sx={{ fontSize: 11, mr: 1, color: AVAILABILITY_COLORS[value] }} />
            {t(label)}
          </MenuItem>
        ))}
      </Select>
      <StatusText />
    </Box>
  );
}

function StatusText() {
  const { t } = useTranslation();
  const { statusText: storedText, statusEmoji } = useSelf();
  const stored = storedText ?? '';
  const update = useUpdateSelf();
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);
  const save = () => {
    const statusText = text.trim() || null;
    if ((statusText ?? '') !== stored) update.mutate({ statusText }, { onError: showError });
  };
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      sx={{ borderTop: 1, borderColor: 'divider' }}
    >
      <InputBase
        fullWidth
        value={text}
        placeholder={t('presence.statusPlaceholder')}
        startAdornment={statusEmoji && <InputAdornment position="start">{statusEmoji}</InputAdornment>}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        slotProps={{ input: { 'aria-label': t('presence.statusText'), maxLength: STATUS_MAX } }}
        sx={{ px: 1.5, fontSize: 13.5 }}
      />
    </Box>
  );
}
