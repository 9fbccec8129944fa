import ClearRounded from '@mui/icons-material/ClearRounded';
import SearchRounded from '@mui/icons-material/SearchRounded';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing as isComposingKey } from '../../lib/keys';

const SETTLE_MS = 300;

interface SearchFieldProps {
  label: string;
  value: string;
  longest: number;
  onChange: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  isFocused?: boolean;
  /** Not told of keys that belong to an input method. */
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** Asks when the typing settles, not at every letter or every half-composed syllable; with Enter at once. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, longest, onChange, inputRef, isFocused, onKeyDown } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [isComposing, setIsComposing] = useState(false);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (isComposing || text === value) return undefined;
    const timer = setTimeout(() => onChange(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, isComposing, onChange]);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposingKey(event)) return;
    if (event.key === 'Enter' && text !== value) onChange(text);
    else if (event.key === 'Escape' && text !== '') setText('');
    else onKeyDown?.(event);
  };
  return (
    <OutlinedInput
      fullWidth
      size="small"
      value={text}
      placeholder={label}
      autoFocus={isFocused}
      inputRef={inputRef}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setIsComposing(true)}
      onCompositionEnd={() => setIsComposing(false)}
      onKeyDown={press}
      slotProps={{ input: { 'aria-label': label, type: 'search', maxLength: longest } }}
      sx={{
        bgcolor: 'surface.sunken',
        '& fieldset': { borderColor: 'transparent' },
        '& input::-webkit-search-cancel-button': { display: 'none' },
      }}
      startAdornment={
        <InputAdornment position="start">
          <SearchRounded fontSize="small" />
        </InputAdornment>
      }
      endAdornment={
        text && (
          <IconButton size="small" edge="end" aria-label={t('common.clear')} onClick={() => setText('')}>
            <ClearRounded fontSize="small" />
          </IconButton>
        )
      }
    />
  );
}
