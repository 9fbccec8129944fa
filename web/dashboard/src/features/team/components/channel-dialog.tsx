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
import type { ChannelVisibility } from '../../../lib/wire';
import { useStartConversation } from '../api/team-api';

const NAME_MAX = 60;
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

function ChannelForm({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const start = useStartConversation();
  const form = useForm({ defaultValues: { name: '', visibility: 'public' as ChannelVisibility } });
  const submit = form.handleSubmit(({ name, visibility }) =>
    start.mutate(
      { kind: 'channel', name: name.trim(), visibility },
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
          <FormError error={start.error} />
          <FormField
            field={form.register('name', {
              validate: (name) => name.trim() !== '' || t('common.required'),
              maxLength: NAME_MAX,
            })}
            fault={form.formState.errors.name?.message}
            label={t('team.channelName')}
            helperText={t('team.channelNameHint')}
            autoFocus
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
