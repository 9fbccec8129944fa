import Button from '@mui/material/Button';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { CopyField } from '../../../components/ui/copy-field';
import { FormField } from '../../../components/ui/form-field';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView } from '../../../lib/wire';
import { useDeleteEnvironment, useRotatePluginKey, useUpdateEnvironment } from '../api/settings-api';
import { forgetUnsaved } from '../hooks/unsaved';
import { EnvironmentFiles } from './environment-files';
import { SettingsForm } from './settings-form';
import { SettingsGroup } from './settings-page';

const NAME_MAX = 60;

export function EnvironmentGeneral({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const canEdit = useCan('environment.edit');
  return (
    <>
      <SettingsGroup title={t('environments.name')}>
        <NameForm environment={environment} isReadOnly={!canEdit} />
      </SettingsGroup>
      <SettingsGroup title={t('environments.pluginKey')} hint={t('environments.pluginKeyHint')}>
        <PluginKey environment={environment} />
      </SettingsGroup>
      <SettingsGroup title={t('environments.files')}>
        <EnvironmentFiles environment={environment} />
      </SettingsGroup>
      {canEdit && <Deletion environment={environment} />}
    </>
  );
}

function NameForm({ environment, isReadOnly }: { environment: EnvironmentView; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const update = useUpdateEnvironment(environment.id);
  const form = useForm({ values: { name: environment.name } });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(({ name }) =>
    update.mutate({ name: name.trim() }, { onSuccess: () => showToast(t('common.saved')) }),
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
        label={t('environments.name')}
        helperText={t('environments.nameHint')}
        disabled={isReadOnly}
      />
    </SettingsForm>
  );
}

function PluginKey({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const canEdit = useCan('environment.edit');
  const rotate = useRotatePluginKey(environment.id);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <CopyField label={t('environments.pluginKey')} value={environment.pluginKey} />
      {canEdit && (
        <Button sx={{ mt: 1.5 }} color="error" onClick={() => setIsAsking(true)}>
          {t('environments.rotatePluginKey')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('environments.rotatePluginKeyTitle')}
        text={t('environments.rotatePluginKeyText')}
        confirmLabel={t('environments.replace')}
        isBusy={rotate.isPending}
        error={rotate.error}
        onClose={() => setIsAsking(false)}
        onConfirm={() =>
          rotate.mutate(undefined, {
            onSuccess: () => {
              setIsAsking(false);
              showToast(t('environments.pluginKeyReplaced'));
            },
          })
        }
      />
    </>
  );
}

function Deletion({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useDeleteEnvironment();
  const [isAsking, setIsAsking] = useState(false);
  const leave = () => {
    forgetUnsaved();
    void navigate('/settings/environments');
  };
  return (
    <SettingsGroup title={t('environments.delete')} hint={t('environments.deleteText')}>
      <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>
        {t('environments.delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('environments.deleteTitle', { name: environment.name })}
        text={t('environments.deleteText')}
        confirmLabel={t('common.delete')}
        isBusy={remove.isPending}
        error={remove.error}
        errorTexts={{ 'common.conflict': t('environments.lastOne') }}
        onClose={() => setIsAsking(false)}
        onConfirm={() => remove.mutate(environment.id, { onSuccess: leave })}
      />
    </SettingsGroup>
  );
}
