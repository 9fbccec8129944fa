import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../../components/ui/copy-field';
import { FormError } from '../../../components/ui/form-error';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { canGrant, ROLES } from '../../../lib/permissions';
import { useSelf } from '../../../lib/self';
import type { InvitationView, Role } from '../../../lib/wire';
import { useInvite } from '../api/settings-api';

interface InviteDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function InviteDialog({ isOpen, onClose }: InviteDialogProps) {
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <InviteContent titleId={titleId} onClose={onClose} />
    </Dialog>
  );
}

function InviteContent({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const invite = useInvite();
  if (invite.data) return <Invited invitation={invite.data} titleId={titleId} onClose={onClose} />;
  return <InviteForm invite={invite} titleId={titleId} onClose={onClose} />;
}

interface InviteFormProps {
  invite: ReturnType<typeof useInvite>;
  titleId: string;
  onClose: () => void;
}

function InviteForm({ invite, titleId, onClose }: InviteFormProps) {
  const { t } = useTranslation();
  const self = useSelf();
  const form = useForm({ defaultValues: { email: '', role: 'agent' as Role } });
  const roles = ROLES.filter((role) => canGrant(self.role, role));
  return (
    <form noValidate onSubmit={form.handleSubmit((values) => invite.mutate(values))}>
      <DialogTitle id={titleId}>{t('agents.inviteTitle')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5} sx={{ pt: 1 }}>
          <FormError error={invite.error} texts={{ 'common.conflict': t('agents.alreadyMember') }} />
          <FormField
            field={form.register('email', { required: t('common.required'), maxLength: 254 })}
            fault={form.formState.errors.email?.message}
            label={t('auth.email')}
            type="email"
            autoFocus
          />
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RadioField
                label={t('agents.role')}
                value={field.value}
                onChange={field.onChange}
                options={roles.map((value) => ({
                  value,
                  label: t(`roles.${value}`),
                  hint: t(`roles.${value}Hint`),
                }))}
              />
            )}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" loading={invite.isPending}>
          {t('agents.invite')}
        </Button>
      </DialogActions>
    </form>
  );
}

interface InvitedProps {
  invitation: InvitationView;
  titleId: string;
  onClose: () => void;
}

function Invited({ invitation, titleId, onClose }: InvitedProps) {
  const { t } = useTranslation();
  // After the `#`, so that it reaches no server's log.
  const address = new URL(`${import.meta.env.BASE_URL}invitation`, window.location.origin);
  address.hash = new URLSearchParams({ token: invitation.token }).toString();
  return (
    <>
      <DialogTitle id={titleId}>{t('agents.inviteDone', { email: invitation.email })}</DialogTitle>
      <DialogContent>
        <CopyField label={t('agents.inviteLink')} value={address.href} hint={t('agents.inviteLinkHint')} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </>
  );
}
