import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { LanguageSwitch } from '../../../components/ui/language-switch';
import { showToast } from '../../../components/ui/toast';
import { useUpdateSelf } from '../../../lib/agent-mutations';
import { useSelf } from '../../../lib/self';
import { signOut } from '../../../lib/sign-out';
import { SettingsForm } from './settings-form';
import { SettingsGroup, SettingsPage } from './settings-page';

const NAME_MAX = 80;
const URL_MAX = 500;

export function ProfilePage() {
  const { t } = useTranslation();
  const self = useSelf();
  return (
    <SettingsPage title={t('settings.profile')} intro={t('profile.intro')}>
      <SettingsGroup title={t('user.profile')} hint={`${self.email} · ${t(`roles.${self.role}`)}`}>
        <ProfileForm />
      </SettingsGroup>
      <SettingsGroup title={t('profile.look')} hint={t('profile.lookHint')}>
        <Stack spacing={2.5}>
          <Labelled label={t('profile.language')}>
            <LanguageSwitch />
          </Labelled>
          <ThemeSwitch />
        </Stack>
      </SettingsGroup>
      <SettingsGroup title={t('profile.account')}>
        <Button variant="outlined" color="error" onClick={signOut}>
          {t('auth.signOut')}
        </Button>
      </SettingsGroup>
    </SettingsPage>
  );
}

function ProfileForm() {
  const { t } = useTranslation();
  const self = useSelf();
  const update = useUpdateSelf();
  const form = useForm({ values: { name: self.name, avatarUrl: self.avatarUrl ?? '' } });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ name, avatarUrl }) =>
    update.mutate(
      { name: name.trim(), avatarUrl: avatarUrl.trim() || null },
      { onSuccess: () => showToast(t('common.saved')) },
    ),
  );
  return (
    <SettingsForm onSubmit={submit} isDirty={isDirty} isBusy={update.isPending} error={update.error}>
      <FormField
        field={form.register('name', { required: t('common.required'), maxLength: NAME_MAX })}
        fault={errors.name?.message}
        label={t('profile.name')}
        autoComplete="name"
      />
      <FormField
        field={form.register('avatarUrl', { maxLength: URL_MAX })}
        fault={errors.avatarUrl?.message}
        label={t('profile.avatarUrl')}
        helperText={t('profile.avatarUrlHint')}
        type="url"
      />
    </SettingsForm>
  );
}

const MODES = ['light', 'dark', 'system'] as const;
type Mode = (typeof MODES)[number];

function ThemeSwitch() {
  const { t } = useTranslation();
  const { mode, setMode } = useColorScheme();
  return (
    <Labelled label={t('profile.theme')}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={mode ?? 'system'}
        aria-label={t('profile.theme')}
        onChange={(_event, next: Mode | null) => next && setMode(next)}
      >
        {MODES.map((one) => (
          <ToggleButton key={one} value={one} sx={{ px: 1.5, py: 0.5 }}>
            {t(`profile.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Typography id={id} variant="subtitle2" sx={{ mb: 0.75 }}>
        {label}
      </Typography>
      {children}
    </div>
  );
}
