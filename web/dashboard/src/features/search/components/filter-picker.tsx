import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { useChoiceTexts } from '../../../components/ui/choice-texts';

export interface Choice {
  id: string;
  label: string;
  hint?: string;
}

interface FilterPickerProps {
  label: string;
  chosen: Choice | null;
  choices: readonly Choice[];
  isLoading: boolean;
  onText: (text: string) => void;
  onChoose: (id: string) => void;
}

/** A field that offers what fits what is typed; the server or the caller decides what fits. */
export function FilterPicker({ label, chosen, choices, isLoading, onText, onChoose }: FilterPickerProps) {
  const { t } = useTranslation();
  return (
    <Autocomplete
      size="small"
      options={choices}
      value={chosen}
      loading={isLoading}
      filterOptions={(all) => [...all]}
      getOptionKey={({ id }) => id}
      getOptionLabel={(choice) => choice.label}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onInputChange={(_event, text, reason) => onText(reason === 'input' ? text.trim() : '')}
      onChange={(_event, choice) => onChoose(choice?.id ?? '')}
      {...useChoiceTexts()}
      noOptionsText={t('search.typeToChoose')}
      openText={label}
      renderOption={({ key, ...props }, choice) => (
        <li key={key} {...props}>
          <Box sx={{ minWidth: 0, fontSize: 14 }}>
            {choice.label}
            {choice.hint && (
              <Box component="span" sx={{ display: 'block', fontSize: 12, color: 'text.secondary' }}>
                {choice.hint}
              </Box>
            )}
          </Box>
        </li>
      )}
      renderInput={(params) => <TextField {...params} label={label} />}
    />
  );
}
