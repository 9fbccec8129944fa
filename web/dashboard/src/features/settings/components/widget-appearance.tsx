import InputAdornment from '@mui/material/InputAdornment';
import Stack from '@mui/material/Stack';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { RadioField } from '../../../components/ui/radio-field';
import { WidgetPartGroup, type WidgetPartProps } from './widget-part';

const COLOR = /^#[0-9a-f]{6}$/i;
const POSITIONS = ['right', 'left'] as const;
const THEMES = ['system', 'light', 'dark'] as const;
const EDGES = ['side', 'bottom'] as const;
const MOST_PIXELS = 200;
const LAUNCHER_TEXT_MAX = 30;

export function WidgetAppearance({ form, isReadOnly }: WidgetPartProps) {
  const { t } = useTranslation();
  const { errors } = form.formState;
  return (
    <WidgetPartGroup title={t('widget.appearance')}>
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
        name="theme"
        render={({ field }) => (
          <RadioField
            label={t('widget.theme')}
            value={field.value}
            onChange={field.onChange}
            isDisabled={isReadOnly}
            options={THEMES.map((value) => ({ value, label: t(`widget.themes.${value}`) }))}
          />
        )}
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
      <Stack direction="row" spacing={1.5}>
        {EDGES.map((edge) => (
          <FormField
            key={edge}
            field={form.register(`spacing.${edge}`, {
              valueAsNumber: true,
              validate: (pixels) => isPixels(pixels) || t('widget.spacingInvalid'),
            })}
            fault={errors.spacing?.[edge]?.message}
            label={t(`widget.${edge}`)}
            type="number"
            disabled={isReadOnly}
            slotProps={{
              htmlInput: { min: 0, max: MOST_PIXELS },
              input: { endAdornment: <InputAdornment position="end">px</InputAdornment> },
            }}
          />
        ))}
      </Stack>
      <FormField
        field={form.register('launcherText')}
        label={t('widget.launcherText')}
        helperText={t('widget.launcherTextHint')}
        disabled={isReadOnly}
        slotProps={{ htmlInput: { maxLength: LAUNCHER_TEXT_MAX } }}
      />
    </WidgetPartGroup>
  );
}

function isPixels(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels >= 0 && pixels <= MOST_PIXELS;
}
