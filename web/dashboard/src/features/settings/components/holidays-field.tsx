import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarDay } from '../../../lib/time';
import { MOST_HOLIDAYS, withHoliday } from '../hooks/hours-form';

interface HolidaysFieldProps {
  holidays: string[];
  isDisabled: boolean;
  onChange: (holidays: string[]) => void;
}

export function HolidaysField({ holidays, isDisabled, onChange }: HolidaysFieldProps) {
  const { t, i18n } = useTranslation();
  const labelId = useId();
  const [day, setDay] = useState('');
  const add = () => {
    onChange(withHoliday(holidays, day));
    setDay('');
  };
  return (
    <Box role="group" aria-labelledby={labelId}>
      <Typography id={labelId} variant="subtitle2">
        {t('hours.holidays')}
      </Typography>
      <Typography variant="caption" color="textSecondary" sx={{ display: 'block', mb: 1 }}>
        {t('hours.holidaysHint')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: holidays.length > 0 ? 1.5 : 0 }}>
        {holidays.map((holiday) => (
          <Chip
            key={holiday}
            label={calendarDay(holiday, i18n.language)}
            disabled={isDisabled}
            onDelete={() => onChange(holidays.filter((one) => one !== holiday))}
          />
        ))}
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <TextField
          type="date"
          label={t('hours.holiday')}
          value={day}
          disabled={isDisabled}
          onChange={({ target }) => setDay(target.value)}
          slotProps={{ inputLabel: { shrink: true } }}
          sx={{ maxWidth: 200 }}
        />
        <Button disabled={isDisabled || day === '' || holidays.length >= MOST_HOLIDAYS} onClick={add}>
          {t('hours.addHoliday')}
        </Button>
      </Box>
    </Box>
  );
}
