import ClearRounded from '@mui/icons-material/ClearRounded';
import SearchRounded from '@mui/icons-material/SearchRounded';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SETTLE_MS = 300;
const QUERY_MAX = 100;

/** Asks when the typing settles, not at every letter or every half-composed syllable. */
export function InboxSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [isComposing, setIsComposing] = useState(false);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (isComposing || text === value) return undefined;
    const timer = setTimeout(() => onChange(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, isComposing, onChange]);
  return (
    <OutlinedInput
      fullWidth
      size="small"
      value={text}
      placeholder={t('inbox.search')}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setIsComposing(true)}
      onCompositionEnd={() => setIsComposing(false)}
      slotProps={{ input: { 'aria-label': t('inbox.search'), type: 'search', maxLength: QUERY_MAX } }}
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
