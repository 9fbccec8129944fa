import AddRounded from '@mui/icons-material/AddRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { SecretDialog } from '../../../components/ui/secret-dialog';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import type { WebhookView } from '../../../lib/wire';
import { useCreateWebhook, webhooksQuery } from '../api/webhook-api';
import { webhookAddress } from '../hooks/webhook-address';
import { SettingsGroup } from './settings-page';
import { WebhookDialog } from './webhook-dialog';
import { WebhookEvents, WebhookStatus } from './webhook-status';

export function Webhooks({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const canManage = useCan('webhook.manage');
  if (!canManage) return <StateMessage title={t('errors.forbiddenTitle')} text={t('errors.forbiddenText')} />;
  return <ManagedWebhooks environmentId={environmentId} />;
}

function ManagedWebhooks({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const create = useCreateWebhook(environmentId);
  const [isCreating, setIsCreating] = useState(false);
  const giveUp = () => {
    setIsCreating(false);
    create.reset();
  };
  return (
    <SettingsGroup
      title={t('environments.webhooks')}
      hint={t('webhooks.intro')}
      action={
        <Button
          variant="contained"
          startIcon={<AddRounded />}
          onClick={() => setIsCreating(true)}
          sx={{ flexShrink: 0 }}
        >
          {t('webhooks.new')}
        </Button>
      }
    >
      <WebhookList environmentId={environmentId} />
      <WebhookDialog
        isOpen={isCreating}
        isBusy={create.isPending}
        error={create.error}
        onClose={giveUp}
        onDraft={(draft, onError) => create.mutate(draft, { onError, onSuccess: () => setIsCreating(false) })}
      />
      <SecretDialog
        title={t('webhooks.created')}
        values={create.data && [{ label: t('webhooks.secret'), value: create.data.secret }]}
        onClose={create.reset}
      />
    </SettingsGroup>
  );
}

function WebhookList({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(webhooksQuery(environmentId));
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={120} />;
  if (data.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('webhooks.empty')}
      </Typography>
    );
  }
  return (
    <Box component="ul" aria-label={t('environments.webhooks')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {data.map((webhook) => (
        <WebhookLine key={webhook.id} webhook={webhook} />
      ))}
    </Box>
  );
}

function WebhookLine({ webhook }: { webhook: WebhookView }) {
  const { environmentId, id, name, url } = webhook;
  return (
    <Box component="li" sx={{ py: 1.75, borderBottom: 1, borderColor: 'divider' }}>
      <Link
        component={RouterLink}
        to={webhookAddress({ environmentId, webhookId: id })}
        variant="h3"
        underline="hover"
      >
        {name}
      </Link>
      <Box sx={{ fontFamily: MONOSPACE, fontSize: 13, color: 'text.secondary', wordBreak: 'break-all' }}>
        {url}
      </Box>
      <WebhookEvents webhook={webhook} />
      <WebhookStatus webhook={webhook} />
    </Box>
  );
}
