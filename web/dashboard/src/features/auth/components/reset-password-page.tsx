import Alert from '@mui/material/Alert';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PasswordField } from '../../../components/ui/password-field';
import { forgetSession } from '../../../lib/session';
import { authApi } from '../api/auth-api';
import { newPasswordRules } from '../hooks/rules';
import { useLinkToken } from '../hooks/use-link-token';
import { AuthForm } from './auth-form';
import { AuthLayout } from './auth-layout';
import { BackToSignIn } from './forgot-password-page';

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  return (
    <AuthLayout title={t('auth.resetTitle')} footer={<BackToSignIn />}>
      {token ? <ResetForm token={token} /> : <Alert severity="error">{t('auth.linkBroken')}</Alert>}
    </AuthLayout>
  );
}

function ResetForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({ defaultValues: { password: '' } });
  const submission = useMutation({
    mutationFn: authApi.resetPassword,
    onSuccess: () => {
      // A new password ends every session, the one in this browser too.
      forgetSession('left');
      void navigate('/login', { state: { passwordReset: true } });
    },
  });
  return (
    <AuthForm
      onSubmit={form.handleSubmit(({ password }) => submission.mutate({ token, password }))}
      isBusy={submission.isPending}
      error={submission.error}
      errorTexts={{ 'reset.not_found': t('auth.linkExpired') }}
      submitLabel={t('auth.resetSave')}
    >
      <PasswordField
        field={form.register('password', newPasswordRules(t))}
        fault={form.formState.errors.password?.message}
        label={t('auth.newPassword')}
        helperText={t('auth.passwordHint')}
        autoComplete="new-password"
        autoFocus
      />
    </AuthForm>
  );
}
