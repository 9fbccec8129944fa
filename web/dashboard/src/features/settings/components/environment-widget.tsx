import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../components/ui/toast';
import { useCan } from '../../../lib/self';
import type { EnvironmentView } from '../../../lib/wire';
import { useUpdateEnvironment } from '../api/settings-api';
import { fromForm, toForm, type WidgetForm } from '../hooks/widget-form';
import { SettingsForm } from './settings-form';
import { WidgetAppearance } from './widget-appearance';
import { WidgetPreview, WidgetPreviewButton } from './widget-preview';
import { WidgetQuestions } from './widget-questions';
import { WidgetStart } from './widget-start';
import { WidgetWords } from './widget-words';

export function EnvironmentWidget({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const isReadOnly = !useCan('environment.edit');
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const update = useUpdateEnvironment(environment.id);
  const form = useForm<WidgetForm>({ values: toForm(environment.settings.widget) });
  const submit = form.handleSubmit((fields) =>
    update.mutate(
      { settings: { widget: fromForm(fields) } },
      { onSuccess: () => showToast(t('common.saved')) },
    ),
  );
  const part = { form, isReadOnly };
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 4 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {!isWide && <WidgetPreviewButton control={form.control} />}
        <SettingsForm
          isLong
          onSubmit={submit}
          isDirty={form.formState.isDirty}
          isBusy={update.isPending}
          isReadOnly={isReadOnly}
          error={update.error}
        >
          <WidgetAppearance {...part} />
          <WidgetWords {...part} />
          <WidgetStart {...part} />
          <WidgetQuestions {...part} />
        </SettingsForm>
      </Box>
      {isWide && (
        <Box sx={{ flex: '0 0 288px', position: 'sticky', top: 24 }}>
          <WidgetPreview control={form.control} />
        </Box>
      )}
    </Box>
  );
}
