import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { AgentsField } from '../../../components/ui/agents-field';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { TeamView } from '../../../lib/wire';
import { useSaveTeam } from '../api/teams-api';

const NAME_MAX = 80;
const DESCRIPTION_MAX = 500;

interface TeamDialogProps {
  /** Left out: a new one. */
  team?: TeamView;
  onClose: () => void;
}

export function TeamDialog(props: TeamDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={props.onClose} maxWidth="sm" aria-labelledby={titleId}>
      <TeamForm {...props} titleId={titleId} />
    </Dialog>
  );
}

function TeamForm({ team, titleId, onClose }: TeamDialogProps & { titleId: string }) {
  const { t } = useTranslation();
  const save = useSaveTeam(team?.id);
  const { data: agents = [] } = useQuery(agentsQuery);
  const form = useForm({
    defaultValues: {
      name: team?.name ?? '',
      description: team?.description ?? '',
      agentIds: team?.agentIds ?? [],
    },
  });
  const submit = form.handleSubmit(({ name, description, agentIds }) =>
    save.mutate(
      {
        name: name.trim(),
        description: description.trim() || null,
        agentIds,
      },
      { onSuccess: onClose },
    ),
  );
  const tooLong = (count: number) => ({ value: count, message: t('team.tooLong', { count }) });
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{team ? t('teams.edit') : t('teams.new')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          <FormError
            error={save.error}
            texts={{ 'team.name_taken': t('teams.nameTaken'), 'team.too_many': t('teams.tooMany') }}
          />
          <FormField
            field={form.register('name', {
              validate: (name) => name.trim() !== '' || t('common.required'),
              maxLength: tooLong(NAME_MAX),
            })}
            fault={form.formState.errors.name?.message}
            label={t('teams.name')}
            helperText={t('teams.nameHint')}
            autoFocus
          />
          <FormField
            field={form.register('description', { maxLength: tooLong(DESCRIPTION_MAX) })}
            fault={form.formState.errors.description?.message}
            label={t('team.description')}
            multiline
            maxRows={4}
          />
          <Controller
            control={form.control}
            name="agentIds"
            render={({ field }) => (
              <AgentsField
                label={t('teams.agents')}
                value={agents.filter(({ id }) => field.value.includes(id))}
                excludedIds={[]}
                onChange={(chosen) => field.onChange(chosen.map(({ id }) => id))}
              />
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={save.isPending}>
          {team ? t('common.save') : t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}
