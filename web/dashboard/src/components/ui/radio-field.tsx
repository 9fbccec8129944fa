import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';

interface RadioFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; hint?: string; isDisabled?: boolean }[];
  isDisabled?: boolean;
  onChange: (value: T) => void;
}

export function RadioField<T extends string>({
  label,
  value,
  options,
  isDisabled,
  onChange,
}: RadioFieldProps<T>) {
  const labelId = useId();
  return (
    <FormControl disabled={isDisabled}>
      <FormLabel id={labelId} sx={{ fontSize: 13, fontWeight: 600, mb: 0.5 }}>
        {label}
      </FormLabel>
      <RadioGroup
        aria-labelledby={labelId}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {options.map((option) => (
          <FormControlLabel
            key={option.value}
            value={option.value}
            disabled={isDisabled || option.isDisabled}
            control={<Radio size="small" />}
            label={<OptionText label={option.label} hint={option.hint} />}
            sx={{ alignItems: 'flex-start', mb: 0.5 }}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}

function OptionText({ label, hint }: { label: string; hint?: string }) {
  return (
    <Box sx={{ pt: 0.875, fontSize: 14.5, lineHeight: 1.4 }}>
      {label}
      {hint && <Box sx={{ fontSize: 12.5, color: 'text.secondary' }}>{hint}</Box>}
    </Box>
  );
}
