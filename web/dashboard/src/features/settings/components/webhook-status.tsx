import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { MONOSPACE } from '../../../lib/theme';
import { dateTime } from '../../../lib/time';
import type { WebhookView } from '../../../lib/wire';

/** Whether it is told anything, and since when or why not. */
export function WebhookStatus({ webhook }: { webhook: WebhookView }) {
  const { t, i18n } = useTranslation();
  const isFailing = webhook.status === 'enabled' && webhook.failingSince !== null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, fontSize: 13 }}>
      <Chip
        size="small"
        color={isFailing ? 'error' : webhook.status === 'enabled' ? 'success' : 'default'}
        label={isFailing ? t('webhooks.failing') : t(`webhooks.${webhook.status}`)}
      />
      {statusText(webhook, t, i18n.language)}
    </Box>
  );
}

function statusText(webhook: WebhookView, t: TFunction, language: string): string {
  const { status, disabledReason, failingSince } = webhook;
  if (status === 'disabled') return disabledReason ? t(`webhooks.reason.${disabledReason}`) : '';
  return failingSince ? t('webhooks.failingSince', { time: dateTime(failingSince, language) }) : '';
}

export function WebhookEvents({ webhook: { isBot, events, includesNotes } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const isEvery = !isBot && events.length === 0;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, my: 0.75 }}>
      {isBot && <Chip size="small" color="primary" label={t('webhooks.bot')} />}
      {isEvery && <Chip size="small" label={t('webhooks.everyEvent')} />}
      {!isBot &&
        events.map((type) => (
          <Chip key={type} size="small" label={type} sx={{ fontFamily: MONOSPACE, fontSize: 12 }} />
        ))}
      {includesNotes && <Chip size="small" color="warning" variant="outlined" label={t('webhooks.notes')} />}
    </Box>
  );
}
