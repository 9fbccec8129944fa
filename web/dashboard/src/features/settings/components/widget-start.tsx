import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormField } from '../../../components/ui/form-field';
import { SwitchField } from '../../../components/ui/switch-field';
import { isHttpsAddress, PRE_CHAT_KEYS, WIDGET_LANGUAGES } from '../hooks/widget-form';
import { WidgetPartGroup, type WidgetPartProps } from './widget-part';

const CONSENT_MAX = 1000;
const ADDRESS_MAX = 1000;
const MODES = ['off', 'optional', 'required'] as const;

export function WidgetStart(part: WidgetPartProps) {
  const { t } = useTranslation();
  return (
    <WidgetPartGroup title={t('widget.start')} hint={t('widget.startHint')}>
      <PreChat {...part} />
      <Consent {...part} />
    </WidgetPartGroup>
  );
}

function PreChat({ form, isReadOnly }: WidgetPartProps) {
  const { t } = useTranslation();
  const isAsked = useWatch({ control: form.control, name: 'preChat.enabled' });
  return (
    <>
      <Controller
        control={form.control}
        name="preChat.enabled"
        render={({ field }) => (
          <SwitchField
            label={t('widget.preChat')}
            hint={t('widget.preChatHint')}
            isOn={field.value}
            isDisabled={isReadOnly}
            onChange={field.onChange}
          />
        )}
      />
      {isAsked && (
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5}>
          {PRE_CHAT_KEYS.map((key) => (
            <Controller
              key={key}
              control={form.control}
              name={`preChat.modes.${key}`}
              render={({ field }) => (
                <TextField {...field} select label={t(`widget.fields.${key}`)} disabled={isReadOnly}>
                  {MODES.map((mode) => (
                    <MenuItem key={mode} value={mode}>
                      {t(`widget.modes.${mode}`)}
                    </MenuItem>
                  ))}
                </TextField>
              )}
            />
          ))}
        </Stack>
      )}
    </>
  );
}

function Consent({ form, isReadOnly }: WidgetPartProps) {
  const { t } = useTranslation();
  const isRequired = useWatch({ control: form.control, name: 'consent.required' });
  return (
    <>
      <Controller
        control={form.control}
        name="consent.required"
        render={({ field }) => (
          <SwitchField
            label={t('widget.consent')}
            hint={t('widget.consentHint')}
            isOn={field.value}
            isDisabled={isReadOnly}
            onChange={field.onChange}
          />
        )}
      />
      {isRequired && (
        <>
          {WIDGET_LANGUAGES.map((language) => (
            <FormField
              key={language}
              field={form.register(`consent.text.${language}`)}
              label={t(`widget.consentText.${language}`)}
              helperText={language === 'ja' && t('widget.consentTextHint')}
              multiline
              minRows={2}
              disabled={isReadOnly}
              slotProps={{ htmlInput: { maxLength: CONSENT_MAX, lang: language } }}
            />
          ))}
          <FormField
            field={form.register('consent.url', {
              validate: (text) => text.trim() === '' || isHttpsAddress(text) || t('widget.consentUrlInvalid'),
            })}
            fault={form.formState.errors.consent?.url?.message}
            label={t('widget.consentUrl')}
            placeholder="https://"
            type="url"
            disabled={isReadOnly}
            slotProps={{ htmlInput: { maxLength: ADDRESS_MAX } }}
          />
        </>
      )}
    </>
  );
}
