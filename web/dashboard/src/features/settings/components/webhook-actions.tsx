import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { SecretDialog } from '../../../components/ui/secret-dialog';
import { showError, showToast } from '../../../components/ui/toast';
import type { WebhookView } from '../../../lib/wire';
import {
  useDeleteWebhook,
  useRotateWebhookSecret,
  useUpdateWebhook,
  type WebhookPlace,
} from '../api/webhook-api';
import { webhooksAddress } from '../hooks/webhook-address';
import { WebhookDialog } from './webhook-dialog';

interface WebhookActionsProps {
  webhook: WebhookView;
  place: WebhookPlace;
}

export function WebhookActions({ webhook, place }: WebhookActionsProps) {
  return (
    <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap', mt: 2 }}>
      <EditAction webhook={webhook} place={place} />
      {webhook.status === 'enabled' ? <DisableAction place={place} /> : <EnableAction place={place} />}
      <RotateAction place={place} />
      <DeleteAction webhook={webhook} place={place} />
    </Stack>
  );
}

function EditAction({ webhook, place }: WebhookActionsProps) {
  const { t } = useTranslation();
  const update = useUpdateWebhook(place);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
    update.reset();
  };
  return (
    <>
      <Button variant="outlined" onClick={() => setIsOpen(true)}>
        {t('webhooks.edit')}
      </Button>
      <WebhookDialog
        isOpen={isOpen}
        webhook={webhook}
        isBusy={update.isPending}
        error={update.error}
        onClose={close}
        onDraft={(draft, onError) => update.mutate(draft, { onError, onSuccess: close })}
      />
    </>
  );
}

function EnableAction({ place }: { place: WebhookPlace }) {
  const { t } = useTranslation();
  const update = useUpdateWebhook(place);
  const enable = () =>
    update.mutate(
      { status: 'enabled' },
      { onError: showError, onSuccess: () => showToast(t('webhooks.isEnabled')) },
    );
  return (
    <Button variant="outlined" loading={update.isPending} onClick={enable}>
      {t('webhooks.enable')}
    </Button>
  );
}

function DisableAction({ place }: { place: WebhookPlace }) {
  const { t } = useTranslation();
  const update = useUpdateWebhook(place);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setIsAsking(true)}>
        {t('webhooks.disable')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('webhooks.disableTitle')}
        text={t('webhooks.disableText')}
        confirmLabel={t('webhooks.disable')}
        isBusy={update.isPending}
        error={update.error}
        onClose={() => setIsAsking(false)}
        onConfirm={() => update.mutate({ status: 'disabled' }, { onSuccess: () => setIsAsking(false) })}
      />
    </>
  );
}

function RotateAction({ place }: { place: WebhookPlace }) {
  const { t } = useTranslation();
  const rotate = useRotateWebhookSecret(place);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setIsAsking(true)}>
        {t('webhooks.rotate')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('webhooks.rotateTitle')}
        text={t('webhooks.rotateText')}
        confirmLabel={t('webhooks.rotate')}
        isBusy={rotate.isPending}
        error={rotate.error}
        onClose={() => setIsAsking(false)}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
      />
      <SecretDialog
        title={t('webhooks.secret')}
        values={rotate.data && [{ label: t('webhooks.secret'), value: rotate.data.secret }]}
        onClose={rotate.reset}
      />
    </>
  );
}

function DeleteAction({ webhook, place }: WebhookActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useDeleteWebhook(place);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button color="error" onClick={() => setIsAsking(true)}>
        {t('common.delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('webhooks.deleteTitle', { name: webhook.name })}
        text={t('webhooks.deleteText')}
        confirmLabel={t('common.delete')}
        isBusy={remove.isPending}
        error={remove.error}
        onClose={() => setIsAsking(false)}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => void navigate(webhooksAddress(place), { replace: true }),
          })
        }
      />
    </>
  );
}
