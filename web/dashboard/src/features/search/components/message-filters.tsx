import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { useConversationChoices, useSenderChoices } from '../hooks/use-choices';
import type { SearchState } from '../hooks/use-search-state';
import { FilterPicker } from './filter-picker';

interface MessageFiltersProps {
  state: SearchState;
  change: (fields: Partial<SearchState>) => void;
}

export function MessageFilters({ state, change }: MessageFiltersProps) {
  const { t } = useTranslation();
  const senders = useSenderChoices(state.senderId);
  const conversations = useConversationChoices(state.conversationId);
  const isReversed = state.from !== '' && state.to !== '' && state.from > state.to;
  return (
    <Box
      role="group"
      aria-label={t('search.filters')}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr 1fr', md: '1fr 1fr 168px 168px' },
        gap: 1.5,
        py: 1.5,
      }}
    >
      <FilterPicker {...senders} label={t('search.sender')} onChoose={(senderId) => change({ senderId })} />
      <FilterPicker
        {...conversations}
        label={t('search.conversation')}
        onChoose={(conversationId) => change({ conversationId })}
      />
      <DayField label={t('search.from')} value={state.from} onChange={(from) => change({ from })} />
      <DayField
        label={t('search.to')}
        value={state.to}
        fault={isReversed && t('search.reversed')}
        onChange={(to) => change({ to })}
      />
    </Box>
  );
}

interface DayFieldProps {
  label: string;
  value: string;
  fault?: string | false;
  onChange: (day: string) => void;
}

function DayField({ label, value, fault, onChange }: DayFieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      value={value}
      error={Boolean(fault)}
      helperText={fault}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
