import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { WIDGET_LANGUAGES } from '../hooks/widget-form';
import { WidgetPartGroup, type WidgetPartProps } from './widget-part';

const TITLE_MAX = 60;
const GREETING_MAX = 500;
const REPLY_TIMES = ['none', 'minutes', 'hours', 'day'] as const;

export function WidgetWords({ form, isReadOnly }: WidgetPartProps) {
  const { t } = useTranslation();
  return (
    <WidgetPartGroup title={t('widget.words')} hint={t('widget.wordsHint')}>
      <FormField
        field={form.register('title', {
          validate: (text) => text.trim() !== '' || t('common.required'),
        })}
        fault={form.formState.errors.title?.message}
        label={t('environments.heading')}
        disabled={isReadOnly}
        slotProps={{ htmlInput: { maxLength: TITLE_MAX } }}
      />
      {WIDGET_LANGUAGES.map((language) => (
        <FormField
          key={language}
          field={form.register(`greeting.${language}`)}
          label={t(`widget.greeting.${language}`)}
          multiline
          minRows={2}
          disabled={isReadOnly}
          slotProps={{ htmlInput: { maxLength: GREETING_MAX, lang: language } }}
        />
      ))}
      <Controller
        control={form.control}
        name="replyTime"
        render={({ field }) => (
          <TextField
            {...field}
            select
            label={t('widget.replyTime')}
            helperText={t('widget.replyTimeHint')}
            disabled={isReadOnly}
          >
            {REPLY_TIMES.map((value) => (
              <MenuItem key={value} value={value}>
                {t(`widget.replyTimes.${value}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
      />
    </WidgetPartGroup>
  );
}
