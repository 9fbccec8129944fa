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
import type { UserView } from '../../../lib/wire';
import { useUpdateProfile } from '../api/user-mutations';

interface ProfileDialogProps {
  user: UserView;
  isOpen: boolean;
  onClose: () => void;
}

export function ProfileDialog({ user, isOpen, onClose }: ProfileDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <ProfileForm user={user} titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

interface ProfileFormProps {
  user: UserView;
  titleId: string;
  onClose: () => void;
}

function ProfileForm({ user, titleId, onClose }: ProfileFormProps) {
  const { t } = useTranslation();
  const update = useUpdateProfile(user.id);
  const { name, email, phone } = user.profile;
  const form = useForm({ defaultValues: { name: name ?? '', email: email ?? '', phone: phone ?? '' } });
  const submit = form.handleSubmit((values) =>
    update.mutate(
      {
        name: values.name.trim() || null,
        email: values.email.trim() || null,
        phone: values.phone.trim() || null,
      },
      { onSuccess: onClose },
    ),
  );
  return (
    <form noValidate onSubmit={submit}>
      <DialogTitle id={titleId}>{t('user.edit')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormError error={update.error} />
          <FormField field={form.register('name', { maxLength: 120 })} label={t('user.name')} autoFocus />
          <FormField
            field={form.register('email', { maxLength: 254 })}
            label={t('user.email')}
            type="email"
          />
          <FormField field={form.register('phone', { maxLength: 40 })} label={t('user.phone')} type="tel" />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={update.isPending}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </form>
  );
}
