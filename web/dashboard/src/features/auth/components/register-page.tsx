import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { FormField } from '../../../components/ui/form-field';
import { PasswordField } from '../../../components/ui/password-field';
import { signIn } from '../../../lib/session';
import { authApi, type Registration } from '../api/auth-api';
import { emailRules, nameRules, newPasswordRules } from '../hooks/rules';
import { AuthForm } from './auth-form';
import { AuthLayout } from './auth-layout';

const EMPTY: Registration = { organizationName: '', name: '', email: '', password: '' };

export function RegisterPage() {
  const { t } = useTranslation();
  const form = useForm<Registration>({ defaultValues: EMPTY });
  const submission = useMutation({ mutationFn: authApi.register, onSuccess: signIn });
  const { errors } = form.formState;
  return (
    <AuthLayout title={t('auth.registerTitle')} text={t('auth.registerText')} footer={<SignInHint />}>
      <AuthForm
        onSubmit={form.handleSubmit((registration) => submission.mutate(registration))}
        isBusy={submission.isPending}
        error={submission.error}
        errorTexts={{ 'common.conflict': t('errors.emailTaken') }}
        submitLabel={t('auth.register')}
      >
        <FormField
          field={form.register('organizationName', nameRules(t))}
          fault={errors.organizationName?.message}
          label={t('auth.organizationName')}
          autoComplete="organization"
          autoFocus
        />
        <FormField
          field={form.register('name', nameRules(t))}
          fault={errors.name?.message}
          label={t('auth.yourName')}
          autoComplete="name"
        />
        <FormField
          field={form.register('email', emailRules(t))}
          fault={errors.email?.message}
          label={t('auth.email')}
          type="email"
          autoComplete="username"
        />
        <PasswordField
          field={form.register('password', newPasswordRules(t))}
          fault={errors.password?.message}
          label={t('auth.password')}
          helperText={t('auth.passwordHint')}
          autoComplete="new-password"
        />
      </AuthForm>
    </AuthLayout>
  );
}

function SignInHint() {
  const { t } = useTranslation();
  return (
    <Stack direction="row" spacing={1} sx={{ justifyContent: 'center' }}>
      <Typography variant="body2" color="textSecondary">
        {t('auth.haveAccount')}
      </Typography>
      <Link component={RouterLink} to="/login" variant="body2">
        {t('auth.signIn')}
      </Link>
    </Stack>
  );
}
