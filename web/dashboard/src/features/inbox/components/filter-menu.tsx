import TuneRounded from '@mui/icons-material/TuneRounded';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Popover from '@mui/material/Popover';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../../lib/commands';
import { countsQuery } from '../../../lib/conversations/count-queries';
import { agentsQuery, environmentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import { canNarrow, PRIORITIES, type Narrowing } from '../hooks/inbox-address';
import { useInboxView } from '../hooks/use-inbox-view';

/** Narrows the list: each choice takes effect at once and stands in the address. */
export function FilterMenu() {
  const { t } = useTranslation();
  const { view } = useInboxView();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const canFilter = canNarrow(view);
  useCommands({ filterConversations: canFilter ? () => setIsOpen(true) : null });
  if (!canFilter) return null;
  return (
    <>
      <Tooltip title={`${t('commands.filterConversations')} (F)`}>
        <IconButton
          ref={button}
          aria-label={t('commands.filterConversations')}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(true)}
        >
          <TuneRounded fontSize="small" />
        </IconButton>
      </Tooltip>
      <Popover
        open={isOpen}
        anchorEl={() => button.current}
        onClose={() => setIsOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': t('commands.filterConversations'),
            sx: { width: 280, p: 2, mt: 0.5 },
          },
        }}
      >
        <Filters hasAssignee={view !== 'mine' && view !== 'unassigned'} />
      </Popover>
    </>
  );
}

interface Choice {
  id: string;
  name: string;
}

function Filters({ hasAssignee }: { hasAssignee: boolean }) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: environments = [] } = useQuery(environmentsQuery);
  const { data: counts } = useQuery(countsQuery);
  const tags = (counts?.tags ?? []).map(({ tag }) => ({ id: tag, name: tag }));
  const priorities = PRIORITIES.map((id) => ({ id, name: t(`manage.${id}`) }));
  return (
    <Stack spacing={2}>
      <Filter field="teamId" choices={teams} />
      {hasAssignee && (
        <Filter field="assigneeId" choices={[{ id: 'me', name: t('inbox.filter.me') }, ...agents]} />
      )}
      <Filter field="tag" choices={tags} />
      <Filter field="priority" choices={priorities} />
      <Filter field="environmentId" choices={environments} />
    </Stack>
  );
}

function Filter({ field, choices }: { field: Exclude<keyof Narrowing, 'query'>; choices: Choice[] }) {
  const { t } = useTranslation();
  const { narrowing, narrow } = useInboxView();
  const value = narrowing[field];
  const isListed = value === '' || choices.some(({ id }) => id === value);
  const all = isListed ? choices : [...choices, { id: value, name: value }];
  return (
    <TextField
      select
      label={t(`inbox.filter.${field}`)}
      value={value}
      onChange={(event) => narrow({ [field]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">{t('inbox.filter.any')}</MenuItem>
      {all.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
