import Alert from '@mui/material/Alert';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useLocation } from 'react-router';
import { FormField } from '../../../components/ui/form-field';
import { PasswordField } from '../../../components/ui/password-field';
import { signIn, useSessionStore } from '../../../lib/session';
import type { MembershipView, SessionView } from '../../../lib/wire';
import { authApi, type Credentials } from '../api/auth-api';
import { emailRules } from '../hooks/rules';
import { AuthForm } from './auth-form';
import { AuthLayout } from './auth-layout';
import { OrganizationChoice } from './organization-choice';

interface Choice {
  view: SessionView;
  organizations: MembershipView[];
}

/** One organization: straight in. Several: the agent chooses first. */
async function login(credentials: Credentials): Promise<Choice | null> {
  const view = await authApi.login(credentials);
  const { organizations } = await authApi.me(view);
  if (organizations.length > 1) return { view, organizations };
  signIn(view);
  return null;
}

export function LoginPage() {
  const [choice, setChoice] = useState<Choice | null>(null);
  if (choice) return <OrganizationChoice {...choice} />;
  return <LoginForm onChoice={setChoice} />;
}

function LoginForm({ onChoice }: { onChoice: (choice: Choice | null) => void }) {
  const { t } = useTranslation();
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } });
  const submission = useMutation({ mutationFn: login, onSuccess: onChoice });
  const { errors } = form.formState;
  return (
    <AuthLayout title={t('auth.signInTitle')} footer={<RegisterHint />}>
      <AuthForm
        onSubmit={form.handleSubmit((credentials) => submission.mutate(credentials))}
        isBusy={submission.isPending}
        error={submission.error}
        submitLabel={t('auth.signIn')}
      >
        <SignInNotice />
        <FormField
          field={form.register('email', emailRules(t))}
          fault={errors.email?.message}
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
        />
        <PasswordField
          field={form.register('password', { required: t('common.required') })}
          fault={errors.password?.message}
          label={t('auth.password')}
          autoComplete="current-password"
        />
        <Link component={RouterLink} to="/forgot-password" variant="body2" sx={{ alignSelf: 'flex-start' }}>
          {t('auth.forgot')}
        </Link>
      </AuthForm>
    </AuthLayout>
  );
}

function RegisterHint() {
  const { t } = useTranslation();
  return (
    <Stack direction="row" spacing={1} sx={{ justifyContent: 'center' }}>
      <Typography variant="body2" color="textSecondary">
        {t('auth.noAccount')}
      </Typography>
      <Link component={RouterLink} to="/register" variant="body2">
        {t('auth.register')}
      </Link>
    </Stack>
  );
}

/** Why the agent is here: came back from a reset, or was signed out. */
function SignInNotice() {
  const { t } = useTranslation();
  const reason = useSessionStore((state) => state.reason);
  const state = useLocation().state as { passwordReset?: boolean } | null;
  if (state?.passwordReset) return <Alert severity="success">{t('auth.resetDone')}</Alert>;
  if (!reason || reason === 'left') return null;
  return <Alert severity="info">{t(`auth.${reason}`)}</Alert>;
}
