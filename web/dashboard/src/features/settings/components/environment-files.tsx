import InputAdornment from '@mui/material/InputAdornment';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView } from '../../../lib/wire';
import { useUpdateEnvironment } from '../api/settings-api';
import { SettingsForm } from './settings-form';

const MEGABYTE = 1024 * 1024;
const LEAST_MEGABYTES = 0.01;
const MOST_MEGABYTES = 1_000;

export function EnvironmentFiles({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const isReadOnly = !useCan('environment.edit');
  const update = useUpdateEnvironment(environment.id);
  const form = useForm({ values: { largest: toMegabytes(environment.settings.files.maxBytes) } });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ largest }) =>
    update.mutate(
      { settings: { files: { maxBytes: toBytes(largest) } } },
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
      errorTexts={{ 'common.validation_failed': t('environments.largestFileTooLarge') }}
    >
      <FormField
        field={form.register('largest', {
          validate: (text) => isSize(text) || t('environments.largestFileInvalid'),
        })}
        fault={errors.largest?.message}
        label={t('environments.largestFile')}
        helperText={t('environments.largestFileHint')}
        disabled={isReadOnly}
        slotProps={{
          htmlInput: { inputMode: 'decimal' },
          input: { endAdornment: <InputAdornment position="end">MB</InputAdornment> },
        }}
      />
    </SettingsForm>
  );
}

function toMegabytes(bytes: number | null): string {
  return bytes === null ? '' : String(Math.round((bytes / MEGABYTE) * 100) / 100);
}

function toBytes(text: string): number | null {
  return text.trim() === '' ? null : Math.round(Number(text) * MEGABYTE);
}

function isSize(text: string): boolean {
  const size = Number(text);
  return text.trim() === '' || (size >= LEAST_MEGABYTES && size <= MOST_MEGABYTES);
}
