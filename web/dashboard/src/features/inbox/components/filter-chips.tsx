import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { NameDialog } from '../../../components/ui/name-dialog';
import { showToast } from '../../../components/ui/toast';
import { useCommands } from '../../../lib/commands';
import { agentsQuery, environmentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import { savedViewsQuery, useSavedViewChange } from '../api/saved-views';
import {
  canNarrow,
  CHIP_FIELDS,
  isSameSearch,
  NOT_NARROWED,
  savedFilterOf,
  type Narrowing,
} from '../hooks/inbox-address';
import { useInboxView } from '../hooks/use-inbox-view';
import { addressOfSaved } from './saved-views';

/** What the list is narrowed to, each to be taken off, and all to be kept under a name. */
export function FilterChips() {
  const { t } = useTranslation();
  const { view, narrowing, narrow } = useInboxView();
  const nameOf = useNames();
  if (!canNarrow(view)) return null;
  const set = CHIP_FIELDS.filter((field) => narrowing[field] !== '');
  if (set.length === 0 && narrowing.query.trim() === '') return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75, pt: 1 }}>
      {set.map((field) => {
        const label = `${t(`inbox.filter.${field}`)}: ${nameOf(field, narrowing[field])}`;
        return (
          <Chip
            key={field}
            size="small"
            label={label}
            // A click takes it off as well: the cross alone is small, and not reached by Tab.
            onClick={() => narrow({ [field]: '' })}
            onDelete={() => narrow({ [field]: '' })}
            aria-label={t('inbox.filter.remove', { filter: label })}
            sx={{ maxWidth: '100%' }}
          />
        );
      })}
      <SaveView />
    </Box>
  );
}

/** Of what stands in the address as an id; the id itself until the name is known, or when it is nobody's any more. */
function useNames(): (field: keyof Narrowing, value: string) => string {
  const { t } = useTranslation();
  const { data: teams } = useQuery(teamsQuery);
  const { data: agents } = useQuery(agentsQuery);
  const { data: environments } = useQuery(environmentsQuery);
  const lists: Partial<Record<keyof Narrowing, { id: string; name: string }[]>> = {
    teamId: teams,
    assigneeId: agents,
    environmentId: environments,
  };
  return (field, value) => {
    if (field === 'priority') return t(`manage.${value as 'low'}`);
    if (field === 'assigneeId' && value === 'me') return t('inbox.filter.me');
    return lists[field]?.find(({ id }) => id === value)?.name ?? value;
  };
}

function SaveView() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view, narrowing, narrow, savedId } = useInboxView();
  const { data: saved = [] } = useQuery(savedViewsQuery);
  const [isNaming, setIsNaming] = useState(false);
  const { mutate, isPending, error } = useSavedViewChange((made) => {
    setIsNaming(false);
    showToast(t('common.saved'));
    if (made) void navigate(addressOfSaved(made), { replace: true });
  });
  const current = saved.find(({ id }) => id === savedId);
  const filter = canNarrow(view) ? savedFilterOf(view, narrowing) : {};
  const isKept = current !== undefined && isSameSearch(current.filter, filter);
  const begin = () => setIsNaming(true);
  useCommands({ saveView: begin });
  return (
    <>
      {current && !isKept && (
        <Button
          size="small"
          loading={isPending && !isNaming}
          onClick={() => mutate({ part: 'update', id: current.id, fields: { filter } })}
        >
          {t('inbox.updateView', { name: current.name })}
        </Button>
      )}
      {!isKept && (
        <Button size="small" onClick={begin}>
          {t('commands.saveView')}
        </Button>
      )}
      {!current && (
        <Button size="small" color="secondary" sx={{ minWidth: 0 }} onClick={() => narrow(NOT_NARROWED)}>
          {t('common.clear')}
        </Button>
      )}
      <NameDialog
        isOpen={isNaming}
        title={t('commands.saveView')}
        label={t('inbox.viewName')}
        hint={t('inbox.saveViewHint')}
        confirmLabel={t('common.save')}
        isBusy={isPending}
        error={error}
        onName={(name) => mutate({ part: 'create', name, filter })}
        onClose={() => setIsNaming(false)}
      />
    </>
  );
}
