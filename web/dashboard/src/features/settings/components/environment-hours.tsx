import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { SwitchField } from '../../../components/ui/switch-field';
import { TimeZoneField } from '../../../components/ui/time-zone-field';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView, OfficeHours } from '../../../lib/wire';
import { useUpdateEnvironment } from '../api/settings-api';
import { HolidaysField } from './holidays-field';
import { HoursTable } from './hours-table';
import { SettingsForm } from './settings-form';
import { SettingsGroup } from './settings-page';

export function EnvironmentHours({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const isReadOnly = !useCan('environment.edit');
  const update = useUpdateEnvironment(environment.id);
  const form = useForm<OfficeHours>({ values: environment.settings.officeHours });
  const { control } = form;
  const isDisabled = isReadOnly || !form.watch('enabled');
  const submit = form.handleSubmit((officeHours) =>
    update.mutate({ settings: { officeHours } }, { onSuccess: () => showToast(t('common.saved')) }),
  );
  return (
    <SettingsGroup title={t('environments.hours')} hint={t('hours.hint')}>
      <SettingsForm
        isLong
        onSubmit={submit}
        isDirty={form.formState.isDirty}
        isBusy={update.isPending}
        isReadOnly={isReadOnly}
        error={update.error}
      >
        <Controller
          control={control}
          name="enabled"
          render={({ field }) => (
            <SwitchField
              label={t('hours.on')}
              isOn={field.value}
              isDisabled={isReadOnly}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={control}
          name="timeZone"
          render={({ field }) => (
            <TimeZoneField
              label={t('organization.timeZone')}
              value={field.value}
              isDisabled={isDisabled}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={control}
          name="weekly"
          render={({ field }) => (
            <HoursTable weekly={field.value} isDisabled={isDisabled} onChange={field.onChange} />
          )}
        />
        <Controller
          control={control}
          name="holidays"
          render={({ field }) => (
            <HolidaysField holidays={field.value} isDisabled={isDisabled} onChange={field.onChange} />
          )}
        />
      </SettingsForm>
    </SettingsGroup>
  );
}
