import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { useSelf } from '../../../lib/self';
import type { AgentView, ChannelVisibility } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';
import { DESCRIPTION_MAX, NAME_MAX } from '../hooks/limits';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { AgentsField } from '../../../components/ui/agents-field';

const VISIBILITIES: readonly ChannelVisibility[] = ['public', 'private'];

interface ChannelDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function ChannelDialog({ isOpen, onClose }: ChannelDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <ChannelForm titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

interface ChannelValues {
  name: string;
  description: string;
  visibility: ChannelVisibility;
  agents: AgentView[];
}

const EMPTY: ChannelValues = { name: '', description: '', visibility: 'public', agents: [] };

function ChannelForm({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const selfId = useSelf().id;
  const start = useStartConversation();
  const form = useForm({ defaultValues: EMPTY });
  const submit = form.handleSubmit(({ name, description, visibility, agents }) =>
    start.mutate(
      {
        kind: 'channel',
        name: name.trim(),
        visibility,
        agentIds: agents.map(({ id }) => id),
        ...(description.trim() && { description: description.trim() }),
      },
      {
        onSuccess: ({ conversation }) => {
          onClose();
          void navigate(`/team/${conversation.id}`);
        },
      },
    ),
  );
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{t('team.newChannel')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          <FormError error={start.error} texts={teamErrorTexts(t)} />
          <FormField
            field={form.register('name', {
              validate: (name) => name.trim() !== '' || t('common.required'),
              maxLength: { value: NAME_MAX, message: t('team.tooLong', { count: NAME_MAX }) },
            })}
            fault={form.formState.errors.name?.message}
            label={t('team.channelName')}
            helperText={t('team.channelNameHint')}
            autoFocus
          />
          <FormField
            field={form.register('description', {
              maxLength: { value: DESCRIPTION_MAX, message: t('team.tooLong', { count: DESCRIPTION_MAX }) },
            })}
            fault={form.formState.errors.description?.message}
            label={t('team.description')}
            multiline
            maxRows={4}
          />
          <Controller
            control={form.control}
            name="visibility"
            render={({ field }) => (
              <RadioField
                label={t('team.visibility')}
                value={field.value}
                onChange={field.onChange}
                options={VISIBILITIES.map((value) => ({
                  value,
                  label: t(`team.${value}`),
                  hint: t(`team.${value}Hint`),
                }))}
              />
            )}
          />
          <Controller
            control={form.control}
            name="agents"
            render={({ field }) => (
              <AgentsField
                label={t('team.firstMembers')}
                value={field.value}
                excludedIds={[selfId]}
                onChange={field.onChange}
              />
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={start.isPending}>
          {t('common.create')}
        </Button>
      </DialogActions>
    </form>
  );
}
