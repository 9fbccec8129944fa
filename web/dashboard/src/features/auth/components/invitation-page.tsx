import Alert from '@mui/material/Alert';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormField } from '../../../components/ui/form-field';
import { PasswordField } from '../../../components/ui/password-field';
import { signIn } from '../../../lib/session';
import { authApi } from '../api/auth-api';
import { nameRules, newPasswordRules } from '../hooks/rules';
import { useLinkToken } from '../hooks/use-link-token';
import { AuthForm } from './auth-form';
import { AuthLayout } from './auth-layout';
import { BackToSignIn } from './forgot-password-page';

export function InvitationPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  return (
    <AuthLayout title={t('auth.invitationTitle')} text={t('auth.invitationText')} footer={<BackToSignIn />}>
      {token ? <AcceptForm token={token} /> : <Alert severity="error">{t('auth.linkBroken')}</Alert>}
    </AuthLayout>
  );
}

function AcceptForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: { name: '', password: '' } });
  const navigate = useNavigate();
  const submission = useMutation({
    mutationFn: authApi.acceptInvitation,
    onSuccess: (view) => {
      signIn(view);
      void navigate('/inbox');
    },
  });
  const { errors } = form.formState;
  return (
    <AuthForm
      onSubmit={form.handleSubmit((answers) => submission.mutate({ token, ...answers }))}
      isBusy={submission.isPending}
      error={submission.error}
      errorTexts={{ 'invitation.not_found': t('auth.linkExpired') }}
      submitLabel={t('auth.join')}
    >
      <FormField
        field={form.register('name', nameRules(t))}
        fault={errors.name?.message}
        label={t('auth.yourName')}
        autoComplete="name"
        autoFocus
      />
      <PasswordField
        field={form.register('password', newPasswordRules(t))}
        fault={errors.password?.message}
        label={t('auth.password')}
        helperText={t('auth.passwordHint')}
        autoComplete="new-password"
      />
    </AuthForm>
  );
}
