import AddRounded from '@mui/icons-material/AddRounded';
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { weekday } from '../../../lib/time';
import type { OpenHours } from '../../../lib/wire';
import { DAYS, isOvernight, likeMonday, MOST_HOURS, withHours } from '../hooks/hours-form';

/** On a phone two of them stand beside each other, without the button that a phone does not need. */
const TIME = {
  maxWidth: 140,
  '& input': { px: { xs: 1, sm: 1.75 } },
  '& input::-webkit-calendar-picker-indicator': { display: { xs: 'none', sm: 'block' } },
} as const;

interface HoursTableProps {
  weekly: OpenHours[];
  isDisabled: boolean;
  onChange: (weekly: OpenHours[]) => void;
}

export function HoursTable({ weekly, isDisabled, onChange }: HoursTableProps) {
  const { t } = useTranslation();
  const labelId = useId();
  return (
    <Box role="group" aria-labelledby={labelId}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1, mb: 0.5 }}>
        <Typography id={labelId} variant="subtitle2">
          {t('hours.week')}
        </Typography>
        <Button size="small" disabled={isDisabled} onClick={() => onChange(likeMonday(weekly))}>
          {t('hours.likeMonday')}
        </Button>
      </Box>
      {DAYS.map((day) => (
        <DayRow key={day} day={day} weekly={weekly} isDisabled={isDisabled} onChange={onChange} />
      ))}
    </Box>
  );
}

function DayRow({ day, weekly, isDisabled, onChange }: HoursTableProps & { day: number }) {
  const { t, i18n } = useTranslation();
  const name = weekday(day, i18n.language);
  const own = weekly.filter((hours) => hours.day === day);
  const replace = (before: OpenHours, after: OpenHours[]) =>
    onChange(weekly.flatMap((hours) => (hours === before ? after : hours)));
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '28px minmax(0, 1fr) auto', sm: '44px minmax(0, 1fr) auto' },
        alignItems: 'start',
        gap: 1,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ pt: 1, fontSize: 14, fontWeight: 600 }}>{name}</Box>
      <Box sx={{ display: 'grid', gap: 1 }}>
        {own.length === 0 && (
          <Box sx={{ pt: 1, fontSize: 14, color: 'text.secondary' }}>{t('hours.closed')}</Box>
        )}
        {own.map((hours, index) => (
          <HoursRow
            key={index}
            day={name}
            hours={hours}
            isDisabled={isDisabled}
            onChange={(changed) => replace(hours, [changed])}
            onRemove={() => replace(hours, [])}
          />
        ))}
      </Box>
      <IconButton
        aria-label={t('hours.add', { day: name })}
        disabled={isDisabled || weekly.length >= MOST_HOURS}
        onClick={() => onChange(withHours(weekly, day))}
      >
        <AddRounded fontSize="small" />
      </IconButton>
    </Box>
  );
}

interface HoursRowProps {
  day: string;
  hours: OpenHours;
  isDisabled: boolean;
  onChange: (hours: OpenHours) => void;
  onRemove: () => void;
}

function HoursRow({ day, hours, isDisabled, onChange, onRemove }: HoursRowProps) {
  const { t } = useTranslation();
  const { from, to } = hours;
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            type="time"
            value={hours[end]}
            disabled={isDisabled}
            onChange={({ target }) => target.value && onChange({ ...hours, [end]: target.value })}
            slotProps={{ htmlInput: { 'aria-label': t(`hours.${end}`, { day }) } }}
            sx={TIME}
          />
        ))}
        <IconButton
          aria-label={t('hours.remove', { day, from, to })}
          disabled={isDisabled}
          onClick={onRemove}
        >
          <DeleteOutlineRounded fontSize="small" />
        </IconButton>
      </Box>
      {isOvernight(hours) && (
        <Typography variant="caption" color="textSecondary">
          {t(from === to ? 'hours.wholeDay' : 'hours.overnight')}
        </Typography>
      )}
    </Box>
  );
}
