import Button from '@mui/material/Button';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { SecretDialog } from '../../../components/ui/secret-dialog';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView } from '../../../lib/wire';
import { useRotateIdentitySecret, useUpdateEnvironment } from '../api/settings-api';
import { findInvalidOrigin, parseOrigins } from '../hooks/origins';
import { IdentitySamples } from './identity-samples';
import { SettingsForm } from './settings-form';
import { SettingsGroup } from './settings-page';

const VERIFICATIONS = [
  { value: 'off', label: 'environments.off', hint: 'environments.offHint' },
  { value: 'optional', label: 'environments.optional', hint: 'environments.optionalHint' },
  { value: 'required', label: 'environments.requiredMode', hint: 'environments.requiredHint' },
] as const;

export function EnvironmentSecurity({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const canEdit = useCan('environment.edit');
  return (
    <>
      <SettingsGroup title={t('environments.security')}>
        <SecurityForm environment={environment} isReadOnly={!canEdit} />
      </SettingsGroup>
      <SettingsGroup title={t('environments.samplesTitle')} hint={t('environments.samplesText')}>
        <IdentitySamples />
      </SettingsGroup>
      {canEdit && (
        <SettingsGroup title={t('environments.identitySecret')} hint={t('environments.identitySecretHint')}>
          <IdentitySecret environmentId={environment.id} />
        </SettingsGroup>
      )}
    </>
  );
}

function SecurityForm({ environment, isReadOnly }: { environment: EnvironmentView; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const update = useUpdateEnvironment(environment.id);
  const { allowedOrigins, identityVerification } = environment;
  const form = useForm({ values: { origins: allowedOrigins.join('\n'), identityVerification } });
  const { errors, isDirty } = form.formState;
  const isEveryOrigin = (text: string) => {
    const invalid = findInvalidOrigin(text);
    return invalid === undefined || t('environments.originsInvalid', { value: invalid });
  };
  const submit = form.handleSubmit((values) =>
    update.mutate(
      { allowedOrigins: parseOrigins(values.origins), identityVerification: values.identityVerification },
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
        field={form.register('origins', { validate: isEveryOrigin })}
        fault={errors.origins?.message}
        label={t('environments.origins')}
        helperText={t('environments.originsHint')}
        multiline
        minRows={3}
        disabled={isReadOnly}
      />
      <Controller
        control={form.control}
        name="identityVerification"
        render={({ field }) => (
          <RadioField
            label={t('environments.verification')}
            value={field.value}
            onChange={field.onChange}
            isDisabled={isReadOnly}
            options={VERIFICATIONS.map(({ value, label, hint }) => ({
              value,
              label: t(label),
              hint: t(hint),
            }))}
          />
        )}
      />
    </SettingsForm>
  );
}

function IdentitySecret({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const rotate = useRotateIdentitySecret(environmentId);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setIsAsking(true)}>
        {t('environments.rotateSecret')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('environments.rotateSecretTitle')}
        text={t('environments.rotateSecretText')}
        confirmLabel={t('environments.rotateSecret')}
        isBusy={rotate.isPending}
        error={rotate.error}
        onClose={() => setIsAsking(false)}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
      />
      <SecretDialog
        title={t('environments.identitySecret')}
        values={
          rotate.data && [{ label: t('environments.identitySecret'), value: rotate.data.identitySecret }]
        }
        onClose={rotate.reset}
      />
    </>
  );
}
