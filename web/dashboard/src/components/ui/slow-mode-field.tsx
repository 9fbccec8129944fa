import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { duration } from '../../lib/time';
import { Fact } from './panel-section';

const USUAL_SECONDS = [0, 5, 10, 30, 60, 300, 900, 3_600];

interface SlowModeFieldProps {
  seconds: number;
  /** What it means here, while it is on. */
  hint: string;
  isDisabled: boolean;
  onChange: (seconds: number) => void;
}

export function SlowModeField({ seconds, hint, isDisabled, onChange }: SlowModeFieldProps) {
  const { t, i18n } = useTranslation();
  const labelId = useId();
  const hintId = useId();
  // Over the API it may have been set to anything.
  const choices = [...new Set([...USUAL_SECONDS, seconds])].sort((a, b) => a - b);
  return (
    <>
      <Fact label={t('manage.slowMode')} labelId={labelId}>
        <Select
          variant="standard"
          disableUnderline
          value={seconds}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value)}
          SelectDisplayProps={{ 'aria-labelledby': labelId, 'aria-describedby': hintId }}
          sx={{ fontSize: 14 }}
        >
          {choices.map((choice) => (
            <MenuItem key={choice} value={choice}>
              {choice === 0 ? t('manage.slowModeOff') : duration(choice, i18n.language)}
            </MenuItem>
          ))}
        </Select>
      </Fact>
      <Box id={hintId} sx={{ fontSize: 12.5, color: 'text.secondary' }}>
        {seconds > 0 && hint}
      </Box>
    </>
  );
}
