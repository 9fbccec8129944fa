import ReplayRounded from '@mui/icons-material/ReplayRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../../components/ui/copy-field';
import { FormError } from '../../../components/ui/form-error';
import { Fact } from '../../../components/ui/panel-section';
import { Reasoned } from '../../../components/ui/reasoned';
import { ErrorMessage } from '../../../components/ui/state-message';
import { MONOSPACE } from '../../../lib/theme';
import { exactTime } from '../../../lib/time';
import type { DeliveryAttemptView, WebhookDeliveryDetailView } from '../../../lib/wire';
import { useReplay, type WebhookPlace } from '../api/webhook-api';
import { useAttemptText } from '../hooks/use-attempt-text';
import { useDelivery } from '../hooks/use-delivery';
import { DeliveryStateChip } from './delivery-row';

interface DeliveryDialogProps {
  place: WebhookPlace;
  deliveryId: string;
  isDisabled: boolean;
  onClose: () => void;
}

export function DeliveryDialog({ place, deliveryId, isDisabled, onClose }: DeliveryDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const { data, error, refetch } = useDelivery(place, deliveryId);
  const replay = useReplay(place);
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('webhooks.delivery')}</DialogTitle>
      <DialogContent>
        <FormError error={replay.error} texts={{ 'webhook.disabled': t('webhooks.enableFirst') }} />
        {!data && error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton variant="rounded" height={220} />}
        {data && <DeliveryDetails delivery={data} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
        <Reasoned reason={isDisabled && t('webhooks.enableFirst')}>
          <Button
            variant="contained"
            startIcon={<ReplayRounded />}
            disabled={isDisabled || !data}
            loading={replay.isPending}
            onClick={() => replay.mutate(deliveryId)}
          >
            {t('webhooks.replay')}
          </Button>
        </Reasoned>
      </DialogActions>
    </Dialog>
  );
}

function DeliveryDetails({ delivery }: { delivery: WebhookDeliveryDetailView }) {
  const { t, i18n } = useTranslation();
  const { id, type, state, createdAt, nextAttemptAt, attempts, body } = delivery;
  return (
    <Stack spacing={2}>
      <div>
        <Fact label={t('webhooks.state')}>
          <Box role="status">
            <DeliveryStateChip state={state} />
          </Box>
        </Fact>
        <Fact label={t('webhooks.type')}>
          <Box sx={{ fontFamily: MONOSPACE, fontSize: 13 }}>{type}</Box>
        </Fact>
        <Fact label={t('webhooks.recorded')}>{exactTime(createdAt, i18n.language)}</Fact>
        {nextAttemptAt && (
          <Fact label={t('webhooks.nextAttempt')}>{exactTime(nextAttemptAt, i18n.language)}</Fact>
        )}
      </div>
      <Attempts attempts={attempts} />
      <CopyField label="webhook-id" value={id} />
      <CopyField
        label={t('webhooks.body')}
        value={indented(body)}
        hint={t('webhooks.bodyHint')}
        isMultiline
      />
    </Stack>
  );
}

function Attempts({ attempts }: { attempts: readonly DeliveryAttemptView[] }) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <div>
      <Typography id={titleId} variant="subtitle2">
        {t('webhooks.attemptList')}
      </Typography>
      {attempts.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('webhooks.noAttempts')}
        </Typography>
      )}
      <Box component="ol" aria-labelledby={titleId} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {attempts.toReversed().map((attempt) => (
          <Attempt key={attempt.at} attempt={attempt} />
        ))}
      </Box>
    </div>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttemptView }) {
  const { i18n } = useTranslation();
  return (
    <Box component="li" sx={{ py: 1, borderBottom: 1, borderColor: 'divider', fontSize: 13.5 }}>
      <Box sx={{ color: attempt.error === null ? 'text.primary' : 'error.main' }}>
        {useAttemptText(attempt)}
      </Box>
      <Typography variant="caption" color="textSecondary">
        {exactTime(attempt.at, i18n.language)}
      </Typography>
      {attempt.response && (
        <Box component="pre" sx={responseSx}>
          {attempt.response}
        </Box>
      )}
    </Box>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const responseSx = {
  m: 0,
  mt: 0.5,
  p: 1,
  maxHeight: 160,
  overflow: 'auto',
  borderRadius: 1,
  bgcolor: 'surface.sunken',
  fontFamily: MONOSPACE,
  fontSize: 12.5,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
} as const;
