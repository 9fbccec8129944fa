import Alert from '@mui/material/Alert';
import Link from '@mui/material/Link';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { FormField } from '../../../components/ui/form-field';
import { authApi } from '../api/auth-api';
import { emailRules } from '../hooks/rules';
import { AuthForm } from './auth-form';
import { AuthLayout } from './auth-layout';

export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: { email: '' } });
  const submission = useMutation({ mutationFn: authApi.forgotPassword });
  return (
    <AuthLayout title={t('auth.forgotTitle')} text={t('auth.forgotText')} footer={<BackToSignIn />}>
      {submission.isSuccess ? (
        <Alert severity="success" role="status">
          {t('auth.forgotDone', { email: submission.variables })}
        </Alert>
      ) : (
        <AuthForm
          onSubmit={form.handleSubmit(({ email }) => submission.mutate(email))}
          isBusy={submission.isPending}
          error={submission.error}
          submitLabel={t('auth.forgotSend')}
        >
          <FormField
            field={form.register('email', emailRules(t))}
            fault={form.formState.errors.email?.message}
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            autoFocus
          />
        </AuthForm>
      )}
    </AuthLayout>
  );
}

export function BackToSignIn() {
  const { t } = useTranslation();
  return (
    <Link component={RouterLink} to="/login" variant="body2">
      {t('auth.backToSignIn')}
    </Link>
  );
}
