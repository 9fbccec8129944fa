import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useChoiceTexts } from './choice-texts';

interface TagsFieldProps {
  label: string;
  hint: string;
  tags: readonly string[];
  maxLength: number;
  isDisabled: boolean;
  onChange: (tags: string[]) => void;
}

/** Each in one spelling, and once. */
export function TagsField({ label, hint, tags, maxLength, isDisabled, onChange }: TagsFieldProps) {
  const keep = (texts: readonly string[]) => [
    ...new Set(texts.map((text) => text.trim().slice(0, maxLength)).filter(Boolean)),
  ];
  return (
    <Autocomplete
      {...useChoiceTexts()}
      multiple
      freeSolo
      size="small"
      options={[] as string[]}
      value={[...tags]}
      disabled={isDisabled}
      onChange={(_event, next) => onChange(keep(next))}
      renderInput={(params) => <TextField {...params} label={label} helperText={!isDisabled && hint} />}
    />
  );
}
