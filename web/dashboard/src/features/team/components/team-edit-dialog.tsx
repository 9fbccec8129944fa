import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import type { ConversationView } from '../../../lib/wire';
import { useChangeTeam, type TeamProperties } from '../api/team-api';
import { DESCRIPTION_MAX, NAME_MAX } from '../hooks/limits';
import { teamErrorTexts } from '../hooks/team-error-texts';

interface TeamEditDialogProps {
  conversation: ConversationView;
  onClose: () => void;
}

/** Name and description. A group may go without a name, but once it has one it keeps one. */
export function TeamEditDialog({ conversation, onClose }: TeamEditDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const change = useChangeTeam(conversation.id);
  const before = { name: conversation.name ?? '', description: conversation.description ?? '' };
  const form = useForm({ defaultValues: before });
  const mayBeUnnamed = before.name === '';
  const submit = form.handleSubmit((values) => {
    const properties = changesOf(before, values);
    if (Object.keys(properties).length === 0) return onClose();
    change.mutate({ part: 'properties', properties }, { onSuccess: onClose });
  });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <form noValidate onSubmit={submit}>
        <DialogTitle id={titleId}>{t('team.edit')}</DialogTitle>
        <DialogContent>
          <Stack spacing={2.5} sx={{ pt: 1 }}>
            <FormError error={change.error} texts={teamErrorTexts(t)} />
            <FormField
              field={form.register('name', {
                validate: (name) => mayBeUnnamed || name.trim() !== '' || t('common.required'),
                maxLength: { value: NAME_MAX, message: t('team.tooLong', { count: NAME_MAX }) },
              })}
              fault={form.formState.errors.name?.message}
              label={t('team.name')}
              autoFocus
            />
            <FormField
              field={form.register('description', {
                maxLength: { value: DESCRIPTION_MAX, message: t('team.tooLong', { count: DESCRIPTION_MAX }) },
              })}
              fault={form.formState.errors.description?.message}
              label={t('team.description')}
              multiline
              minRows={2}
              maxRows={6}
            />
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="contained" loading={change.isPending}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

type Values = Record<'name' | 'description', string>;

function changesOf(before: Values, { name, description }: Values): TeamProperties {
  return {
    ...(name.trim() !== before.name && { name: name.trim() }),
    ...(description.trim() !== before.description && { description: description.trim() || null }),
  };
}
