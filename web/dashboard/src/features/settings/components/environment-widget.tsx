import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Controller, useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { showToast } from '../../../components/ui/toast';
import { readableOn } from '../../../lib/color';
import { useCan } from '../../../lib/self';
import type { EnvironmentView, WidgetSettings } from '../../../lib/wire';
import { useUpdateEnvironment } from '../api/settings-api';
import { SettingsForm } from './settings-form';

const COLOR = /^#[0-9a-f]{6}$/i;
const TITLE_MAX = 60;
const GREETING_MAX = 500;
const POSITIONS = ['left', 'right'] as const;

export function EnvironmentWidget({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const isReadOnly = !useCan('environment.edit');
  const update = useUpdateEnvironment(environment.id);
  const form = useForm<WidgetSettings>({ values: environment.settings.widget });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit((widget) =>
    update.mutate({ settings: { widget } }, { onSuccess: () => showToast(t('common.saved')) }),
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
      <Box sx={{ flex: '1 1 320px' }}>
        <SettingsForm
          onSubmit={submit}
          isDirty={isDirty}
          isBusy={update.isPending}
          isReadOnly={isReadOnly}
          error={update.error}
        >
          <FormField
            field={form.register('title', { required: t('common.required'), maxLength: TITLE_MAX })}
            fault={errors.title?.message}
            label={t('environments.heading')}
            disabled={isReadOnly}
          />
          <FormField
            field={form.register('greeting.ko', { maxLength: GREETING_MAX })}
            label={t('environments.greetingKo')}
            multiline
            minRows={2}
            disabled={isReadOnly}
          />
          <FormField
            field={form.register('greeting.en', { maxLength: GREETING_MAX })}
            label={t('environments.greetingEn')}
            multiline
            minRows={2}
            disabled={isReadOnly}
          />
          <FormField
            field={form.register('color', {
              pattern: { value: COLOR, message: t('environments.colorInvalid') },
            })}
            fault={errors.color?.message}
            label={t('environments.color')}
            type="color"
            sx={{ maxWidth: 140 }}
            disabled={isReadOnly}
            slotProps={{ htmlInput: { sx: { height: 28, p: 0.75, cursor: 'pointer' } } }}
          />
          <Controller
            control={form.control}
            name="position"
            render={({ field }) => (
              <RadioField
                label={t('environments.position')}
                value={field.value}
                onChange={field.onChange}
                isDisabled={isReadOnly}
                options={POSITIONS.map((value) => ({ value, label: t(`environments.${value}`) }))}
              />
            )}
          />
        </SettingsForm>
      </Box>
      <Preview control={form.control} />
    </Box>
  );
}

/** Roughly how visitors will see it, while it is being changed. */
function Preview({ control }: { control: Control<WidgetSettings> }) {
  const { t, i18n } = useTranslation();
  const { title, color = '#000000', greeting, position } = useWatch({ control });
  const onColor = readableOn(color);
  const text = i18n.language === 'ko' ? greeting?.ko : greeting?.en;
  return (
    <Stack sx={{ flex: '0 0 240px' }}>
      <Typography variant="subtitle2" sx={{ mb: 1 }}>
        {t('environments.preview')}
      </Typography>
      <Box aria-hidden sx={{ border: 1, borderColor: 'divider', borderRadius: 2, overflow: 'hidden' }}>
        <Box sx={{ p: 2, bgcolor: color, color: onColor, fontWeight: 700 }}>{title}</Box>
        <Box sx={{ p: 2, minHeight: 110, bgcolor: 'surface.sunken' }}>
          {text && (
            <Box
              sx={{
                display: 'inline-block',
                px: 1.5,
                py: 1,
                borderRadius: 2,
                bgcolor: 'background.paper',
                fontSize: 13.5,
              }}
            >
              {text}
            </Box>
          )}
        </Box>
      </Box>
      <Box
        aria-hidden
        sx={{
          mt: 1.5,
          width: 44,
          height: 44,
          borderRadius: '50%',
          bgcolor: color,
          alignSelf: position === 'left' ? 'flex-start' : 'flex-end',
        }}
      />
    </Stack>
  );
}
