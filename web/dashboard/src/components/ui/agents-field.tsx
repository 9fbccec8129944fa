import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AgentAvatar } from './agent-presence';
import { useChoiceTexts } from './choice-texts';
import { errorText } from '../../lib/error-text';
import { isNameLike } from '../../lib/name-match';
import { agentsQuery } from '../../lib/tenant-queries';
import type { AgentView } from '../../lib/wire';

interface AgentsFieldProps {
  label: string;
  value: readonly AgentView[];
  /** Who is not to choose from: oneself, or who is there already. */
  excludedIds: readonly string[];
  fault?: string | false;
  hint?: string;
  onChange: (agents: AgentView[]) => void;
}

/** Agents by name or e-mail. */
export function AgentsField({ label, value, excludedIds, fault, hint, onChange }: AgentsFieldProps) {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery(agentsQuery);
  const options = data?.filter(({ id }) => !excludedIds.includes(id)) ?? [];
  const failure = error && !data ? errorText(error, t) : fault;
  return (
    <Autocomplete
      multiple
      filterSelectedOptions
      options={options}
      {...useChoiceTexts()}
      loading={isPending}
      noOptionsText={t('team.nobodyLeft')}
      getOptionLabel={(agent) => agent.name}
      getOptionKey={(agent) => agent.id}
      isOptionEqualToValue={(option, chosen) => option.id === chosen.id}
      filterOptions={(agents, { inputValue }) =>
        agents.filter(({ name, email }) => isNameLike(name, inputValue) || isNameLike(email, inputValue))
      }
      value={[...value]}
      onChange={(_event, agents) => onChange(agents)}
      renderOption={({ key, ...props }, agent) => (
        <Box component="li" key={key} {...props} sx={{ gap: 1.25 }}>
          <AgentAvatar agent={agent} size={28} />
          <Box sx={{ minWidth: 0 }}>
            <Box sx={{ fontSize: 14 }}>{agent.name}</Box>
            <Box sx={{ fontSize: 12, color: 'text.secondary' }}>{agent.email}</Box>
          </Box>
        </Box>
      )}
      renderInput={(params) => (
        <TextField {...params} label={label} error={Boolean(failure)} helperText={failure || hint} />
      )}
    />
  );
}
