import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Fact } from '../../../components/ui/panel-section';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import { dateTime } from '../../../lib/time';
import type { WebhookView } from '../../../lib/wire';
import { webhookQuery, type WebhookPlace } from '../api/webhook-api';
import { webhooksAddress } from '../hooks/webhook-address';
import { Deliveries } from './deliveries';
import { SettingsGroup, SettingsPage } from './settings-page';
import { WebhookActions } from './webhook-actions';
import { WebhookEvents, WebhookStatus } from './webhook-status';
import { WebhookTest } from './webhook-test';

export function WebhookPage() {
  const { t } = useTranslation();
  const { environmentId = '', webhookId = '' } = useParams();
  const canManage = useCan('webhook.manage');
  if (!canManage) return <StateMessage title={t('errors.forbiddenTitle')} text={t('errors.forbiddenText')} />;
  return <ManagedWebhook place={{ environmentId, webhookId }} />;
}

function ManagedWebhook({ place }: { place: WebhookPlace }) {
  const { t } = useTranslation();
  const { data: webhook, error, refetch } = useQuery(webhookQuery(place));
  return (
    <SettingsPage
      title={webhook?.name ?? t('webhooks.one')}
      intro={webhook?.description ?? undefined}
      backTo={{ label: t('environments.webhooks'), address: webhooksAddress(place) }}
    >
      {!webhook && error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!webhook && !error && <Skeleton variant="rounded" height={240} />}
      {webhook && (
        <>
          <SettingsGroup title={t('webhooks.about')}>
            <Facts webhook={webhook} />
            <WebhookActions webhook={webhook} place={place} />
          </SettingsGroup>
          <SettingsGroup title={t('webhooks.test')} hint={t('webhooks.testHint')}>
            <WebhookTest place={place} isDisabled={webhook.status === 'disabled'} />
          </SettingsGroup>
          <SettingsGroup title={t('webhooks.deliveries')} hint={t('webhooks.deliveriesHint')}>
            <Deliveries place={place} isDisabled={webhook.status === 'disabled'} />
          </SettingsGroup>
        </>
      )}
    </SettingsPage>
  );
}

function Facts({ webhook }: { webhook: WebhookView }) {
  const { t, i18n } = useTranslation();
  const { url, previousSecretUntil, createdAt } = webhook;
  const isRotating = previousSecretUntil !== null && Date.parse(previousSecretUntil) > Date.now();
  return (
    <>
      <Fact label={t('webhooks.status')}>
        <WebhookStatus webhook={webhook} />
      </Fact>
      <Fact label={t('webhooks.url')}>
        <span style={{ fontFamily: MONOSPACE, fontSize: 13 }}>{url}</span>
      </Fact>
      <Fact label={t('webhooks.events')}>
        <WebhookEvents webhook={webhook} />
      </Fact>
      <Fact label={t('webhooks.since')}>{dateTime(createdAt, i18n.language)}</Fact>
      {isRotating && (
        <Alert severity="info" sx={{ mt: 1.5 }}>
          {t('webhooks.rotating', { time: dateTime(previousSecretUntil, i18n.language) })}
        </Alert>
      )}
    </>
  );
}
