import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useChoiceTexts } from '../../../components/ui/choice-texts';
import { FormField } from '../../../components/ui/form-field';
import { LanguageSwitch } from '../../../components/ui/language-switch';
import { showError, showToast } from '../../../components/ui/toast';
import { useUpdateSelf } from '../../../lib/agent-mutations';
import { useSelf } from '../../../lib/self';
import { useSessionStore } from '../../../lib/session';
import { signOut } from '../../../lib/sign-out';
import { AvatarForm } from './avatar-form';
import { SettingsForm } from './settings-form';
import { SettingsGroup, SettingsPage } from './settings-page';
import { StatusForm } from './status-form';

const NAME_MAX = 80;
const TIME_ZONES = Intl.supportedValuesOf('timeZone');

export function ProfilePage() {
  const { t } = useTranslation();
  const self = useSelf();
  return (
    <SettingsPage title={t('settings.profile')} intro={t('profile.intro')}>
      <SettingsGroup title={t('user.profile')} hint={`${self.email} · ${t(`roles.${self.role}`)}`}>
        <Stack spacing={3}>
          <AvatarForm />
          <NameForm />
        </Stack>
      </SettingsGroup>
      <SettingsGroup title={t('presence.statusText')} hint={t('profile.statusHint')}>
        <StatusForm />
      </SettingsGroup>
      <SettingsGroup title={t('profile.look')} hint={t('profile.lookHint')}>
        <Stack spacing={2.5}>
          <LanguageChoice />
          <ThemeSwitch />
          <TimeZoneChoice />
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

function NameForm() {
  const { t } = useTranslation();
  const self = useSelf();
  const update = useUpdateSelf();
  const form = useForm({ values: { name: self.name } });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ name }) =>
    update.mutate({ name: name.trim() }, { onSuccess: () => showToast(t('common.saved')) }),
  );
  return (
    <SettingsForm onSubmit={submit} isDirty={isDirty} isBusy={update.isPending} error={update.error}>
      <FormField
        field={form.register('name', { required: t('common.required'), maxLength: NAME_MAX })}
        fault={errors.name?.message}
        label={t('profile.name')}
        autoComplete="name"
      />
    </SettingsForm>
  );
}

function LanguageChoice() {
  const { t } = useTranslation();
  const update = useUpdateSelf();
  return (
    <Labelled label={t('profile.language')}>
      <LanguageSwitch onChosen={(language) => update.mutate({ language }, { onError: showError })} />
    </Labelled>
  );
}

function TimeZoneChoice() {
  const { t } = useTranslation();
  const { timeZone } = useSelf().preferences;
  const ofOrganization = useSessionStore((state) => state.session?.organization.settings.timeZone);
  const update = useUpdateSelf();
  return (
    <Autocomplete
      {...useChoiceTexts()}
      options={timeZone && !TIME_ZONES.includes(timeZone) ? [timeZone, ...TIME_ZONES] : TIME_ZONES}
      value={timeZone}
      disabled={update.isPending}
      onChange={(_event, chosen) => update.mutate({ timeZone: chosen }, { onError: showError })}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t('organization.timeZone')}
          placeholder={ofOrganization}
          helperText={t('profile.timeZoneHint')}
          slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps.inputLabel, shrink: true } }}
        />
      )}
      sx={{ maxWidth: 520 }}
    />
  );
}

const MODES = ['light', 'dark', 'system'] as const;
type Mode = (typeof MODES)[number];

function ThemeSwitch() {
  const { t } = useTranslation();
  const { mode, setMode } = useColorScheme();
  const update = useUpdateSelf();
  const choose = (theme: Mode) => {
    setMode(theme);
    update.mutate({ theme }, { onError: showError });
  };
  return (
    <Labelled label={t('profile.theme')}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={mode ?? 'system'}
        aria-label={t('profile.theme')}
        onChange={(_event, next: Mode | null) => next && choose(next)}
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
