import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { NameDialog } from '../../../components/ui/name-dialog';
import { TimeZoneField } from '../../../components/ui/time-zone-field';
import { showError, showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import { signIn, useSessionStore } from '../../../lib/session';
import { meQuery } from '../../../lib/tenant-queries';
import type { MembershipView, OrganizationView } from '../../../lib/wire';
import { switchOrganization, useCreateOrganization, useUpdateOrganization } from '../api/settings-api';
import { SettingsForm } from './settings-form';
import { SettingsGroup, SettingsPage } from './settings-page';

const NAME_MAX = 80;
const LANGUAGES = ['ko', 'en'] as const;

export function OrganizationPage() {
  const { t } = useTranslation();
  const canEdit = useCan('organization.edit');
  const organization = useSessionStore((state) => state.session?.organization);
  return (
    <SettingsPage title={t('settings.organization')} intro={t('organization.intro')} isReadOnly={!canEdit}>
      <SettingsGroup title={t('settings.organization')}>
        {organization && <OrganizationForm organization={organization} isReadOnly={!canEdit} />}
      </SettingsGroup>
      <Memberships currentId={organization?.id} />
    </SettingsPage>
  );
}

function OrganizationForm({
  organization,
  isReadOnly,
}: {
  organization: OrganizationView;
  isReadOnly: boolean;
}) {
  const { t } = useTranslation();
  const update = useUpdateOrganization();
  const { name, settings } = organization;
  const form = useForm({ values: { name, language: settings.language, timeZone: settings.timeZone } });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ name: newName, language, timeZone }) =>
    update.mutate(
      { name: newName.trim(), settings: { language, timeZone } },
      { onSuccess: () => showToast(t('common.saved')) },
    ),
  );
  return (
    <SettingsForm
      onSubmit={submit}
      isDirty={isDirty}
      isBusy={update.isPending}
      isReadOnly={isReadOnly}
      error={update.error}
    >
      <FormField
        field={form.register('name', { required: t('common.required'), maxLength: NAME_MAX })}
        fault={errors.name?.message}
        label={t('organization.name')}
        disabled={isReadOnly}
      />
      <Controller
        control={form.control}
        name="language"
        render={({ field }) => (
          <TextField {...field} select label={t('organization.mailLanguage')} disabled={isReadOnly}>
            {LANGUAGES.map((language) => (
              <MenuItem key={language} value={language}>
                {t(`languages.${language}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
      />
      <Controller
        control={form.control}
        name="timeZone"
        render={({ field }) => (
          <TimeZoneField
            label={t('organization.timeZone')}
            value={field.value}
            isDisabled={isReadOnly}
            onChange={field.onChange}
          />
        )}
      />
    </SettingsForm>
  );
}

function Memberships({ currentId }: { currentId: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useQuery(meQuery);
  const create = useCreateOrganization();
  const [isCreating, setIsCreating] = useState(false);
  return (
    <SettingsGroup
      title={t('organization.yours')}
      hint={t('organization.yoursHint')}
      action={
        <Button variant="outlined" onClick={() => setIsCreating(true)} sx={{ flexShrink: 0 }}>
          {t('organization.new')}
        </Button>
      }
    >
      <List disablePadding>
        {data?.organizations.map((membership) => (
          <Membership key={membership.id} membership={membership} isCurrent={membership.id === currentId} />
        ))}
      </List>
      <NameDialog
        isOpen={isCreating}
        title={t('organization.new')}
        label={t('organization.name')}
        isBusy={create.isPending}
        error={create.error}
        onClose={() => setIsCreating(false)}
        onName={(name) => create.mutate(name, { onSuccess: () => setIsCreating(false) })}
      />
    </SettingsGroup>
  );
}

function Membership({ membership, isCurrent }: { membership: MembershipView; isCurrent: boolean }) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: switchOrganization,
    onSuccess: signIn,
    onError: showError,
  });
  return (
    <ListItem
      disableGutters
      secondaryAction={
        isCurrent ? (
          <Chip size="small" label={t('auth.current')} />
        ) : (
          <Button loading={change.isPending} onClick={() => change.mutate(membership.id)}>
            {t('auth.switchOrganization')}
          </Button>
        )
      }
    >
      <ListItemText primary={membership.name} secondary={t(`roles.${membership.role}`)} />
    </ListItem>
  );
}
