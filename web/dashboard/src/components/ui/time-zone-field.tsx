import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useChoiceTexts } from './choice-texts';

const TIME_ZONES = Intl.supportedValuesOf('timeZone');

interface TimeZoneFieldProps {
  label: string;
  value: string;
  isDisabled?: boolean;
  onChange: (timeZone: string) => void;
}

/** What is set stays a choice, also where the browser knows the zone by another name. */
export function TimeZoneField({ label, value, isDisabled, onChange }: TimeZoneFieldProps) {
  return (
    <Autocomplete
      {...useChoiceTexts()}
      options={TIME_ZONES.includes(value) ? TIME_ZONES : [value, ...TIME_ZONES]}
      value={value}
      disableClearable
      disabled={isDisabled}
      onChange={(_event, timeZone) => onChange(timeZone)}
      renderInput={(params) => <TextField {...params} label={label} />}
    />
  );
}
