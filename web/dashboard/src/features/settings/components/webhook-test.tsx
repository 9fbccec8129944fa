import SendRounded from '@mui/icons-material/SendRounded';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { Reasoned } from '../../../components/ui/reasoned';
import type { DeliveryAttemptView } from '../../../lib/wire';
import { useTestWebhook, type WebhookPlace } from '../api/webhook-api';
import { useAttemptText } from '../hooks/use-attempt-text';
import { useDelivery } from '../hooks/use-delivery';

interface WebhookTestProps {
  place: WebhookPlace;
  isDisabled: boolean;
}

export function WebhookTest({ place, isDisabled }: WebhookTestProps) {
  const { t } = useTranslation();
  const test = useTestWebhook(place);
  return (
    <>
      <Reasoned reason={isDisabled && t('webhooks.enableFirst')}>
        <Button
          variant="outlined"
          startIcon={<SendRounded />}
          disabled={isDisabled}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('webhooks.sendTest')}
        </Button>
      </Reasoned>
      <FormError error={test.error} texts={{ 'webhook.disabled': t('webhooks.enableFirst') }} />
      {test.data && <TestOutcome key={test.data.id} place={place} deliveryId={test.data.id} />}
    </>
  );
}

/** What the latest try said; all of them are in the ledger. */
function TestOutcome({ place, deliveryId }: { place: WebhookPlace; deliveryId: string }) {
  const { t } = useTranslation();
  const { data, error } = useDelivery(place, deliveryId);
  const attempt = data?.attempts.at(-1);
  if (error && !data) return <FormError error={error} />;
  if (!attempt) {
    return (
      <Alert severity="info" role="status" sx={{ mt: 2 }}>
        {t('webhooks.testSent')}
      </Alert>
    );
  }
  return <AttemptAlert attempt={attempt} hasArrived={data?.state === 'delivered'} />;
}

function AttemptAlert({ attempt, hasArrived }: { attempt: DeliveryAttemptView; hasArrived: boolean }) {
  const { t } = useTranslation();
  const text = useAttemptText(attempt);
  return (
    <Alert severity={hasArrived ? 'success' : 'error'} role="status" sx={{ mt: 2 }}>
      {t(hasArrived ? 'webhooks.testArrived' : 'webhooks.testFailed', { outcome: text })}
    </Alert>
  );
}
