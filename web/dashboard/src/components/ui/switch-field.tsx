import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';

interface SwitchFieldProps {
  label: string;
  hint?: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** In a box of its own: the switch hangs over to the left, so that it stands in line with what is above it. */
export function SwitchField({ label, hint, isOn, isDisabled, onChange }: SwitchFieldProps) {
  return (
    <Box>
      <FormControlLabel
        disabled={isDisabled}
        control={<Switch checked={isOn} onChange={(_event, next) => onChange(next)} />}
        label={
          <Box sx={{ pt: 0.875, fontSize: 14.5, lineHeight: 1.4 }}>
            {label}
            {hint && <Box sx={{ fontSize: 12.5, color: 'text.secondary' }}>{hint}</Box>}
          </Box>
        }
        sx={{ alignItems: 'flex-start', mr: 0 }}
      />
    </Box>
  );
}
