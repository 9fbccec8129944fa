import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import { Controller, useWatch, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { MONOSPACE } from '../../../lib/theme';
import type { WebhookEventType } from '../../../lib/wire';
import { EVENT_KEYS, SUBSCRIBABLE } from '../hooks/webhook-events';
import type { WebhookForm } from '../hooks/webhook-form';

/** What it is told. A bot is told what users say: there is nothing to choose. */
export function WebhookAudience({ form }: { form: UseFormReturn<WebhookForm> }) {
  const { t } = useTranslation();
  const [isBot, includesNotes] = useWatch({ control: form.control, name: ['isBot', 'includesNotes'] });
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Toggle form={form} name="isBot" label={t('webhooks.isBot')} hint={t('webhooks.isBotHint')} />
      {!isBot && <EventsField form={form} />}
      {!isBot && (
        <Toggle
          form={form}
          name="includesNotes"
          label={t('webhooks.includesNotes')}
          hint={t('webhooks.includesNotesHint')}
        />
      )}
      {!isBot && includesNotes && <Alert severity="warning">{t('webhooks.notesWarning')}</Alert>}
    </Box>
  );
}

interface ToggleProps {
  form: UseFormReturn<WebhookForm>;
  name: 'isBot' | 'includesNotes';
  label: string;
  hint: string;
}

function Toggle({ form, name, label, hint }: ToggleProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { value, onChange } }) => (
        <FormControlLabel
          control={<Checkbox size="small" checked={value} onChange={onChange} />}
          label={<LabelWithHint label={label} hint={hint} />}
          sx={{ alignItems: 'flex-start', mr: 0 }}
        />
      )}
    />
  );
}

function EventsField({ form }: { form: UseFormReturn<WebhookForm> }) {
  const { t } = useTranslation();
  const isEvery = useWatch({ control: form.control, name: 'isEveryEvent' });
  const fault = form.formState.errors.events?.message;
  const isChosen = (events: WebhookEventType[], { isEveryEvent }: WebhookForm) =>
    isEveryEvent || events.length > 0 || t('webhooks.chooseEvent');
  return (
    <FormControl component="fieldset" error={fault !== undefined}>
      <FormLabel component="legend" sx={{ fontSize: 13, fontWeight: 600 }}>
        {t('webhooks.events')}
      </FormLabel>
      {fault && <FormHelperText sx={{ mx: 0 }}>{fault}</FormHelperText>}
      <Controller
        control={form.control}
        name="isEveryEvent"
        render={({ field: { value, onChange } }) => (
          <FormControlLabel
            control={<Checkbox size="small" checked={value} onChange={onChange} />}
            label={<LabelWithHint label={t('webhooks.everyEvent')} hint={t('webhooks.everyEventHint')} />}
            sx={{ alignItems: 'flex-start', mr: 0 }}
          />
        )}
      />
      {!isEvery && (
        <Controller
          control={form.control}
          name="events"
          rules={{ validate: isChosen }}
          render={({ field: { value, onChange } }) => <EventChoices chosen={value} onChange={onChange} />}
        />
      )}
    </FormControl>
  );
}

interface EventChoicesProps {
  chosen: WebhookEventType[];
  onChange: (chosen: WebhookEventType[]) => void;
}

function EventChoices({ chosen, onChange }: EventChoicesProps) {
  const { t } = useTranslation();
  const toggle = (type: WebhookEventType, isOn: boolean) =>
    onChange(isOn ? [...chosen, type] : chosen.filter((one) => one !== type));
  return (
    <Box
      sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, columnGap: 1, pl: { xs: 1.5, sm: 3 } }}
    >
      {SUBSCRIBABLE.map((type) => (
        <FormControlLabel
          key={type}
          control={
            <Checkbox
              size="small"
              checked={chosen.includes(type)}
              onChange={(_event, isOn) => toggle(type, isOn)}
            />
          }
          label={<LabelWithHint label={t(`webhooks.event.${EVENT_KEYS[type]}`)} hint={type} isCode />}
          sx={{ alignItems: 'flex-start', mr: 0 }}
        />
      ))}
    </Box>
  );
}

function LabelWithHint({ label, hint, isCode }: { label: string; hint: string; isCode?: boolean }) {
  return (
    <Box sx={{ pt: 0.875, fontSize: 14.5, lineHeight: 1.4 }}>
      {label}
      <Box sx={{ fontSize: 12.5, color: 'text.secondary', fontFamily: isCode ? MONOSPACE : undefined }}>
        {hint}
      </Box>
    </Box>
  );
}
