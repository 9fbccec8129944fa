import AddRounded from '@mui/icons-material/AddRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { SecretDialog } from '../../../components/ui/secret-dialog';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import { dateTime, relativeTime } from '../../../lib/time';
import type { ApiKeyView } from '../../../lib/wire';
import { apiKeysQuery, useCreateApiKey, useRevokeApiKey } from '../api/settings-api';
import { ApiKeyDialog } from './api-key-dialog';
import { SettingsGroup } from './settings-page';

export function ApiKeys({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const canManage = useCan('api-key.manage');
  if (!canManage) return <StateMessage title={t('errors.forbiddenTitle')} text={t('errors.forbiddenText')} />;
  return <ManagedApiKeys environmentId={environmentId} />;
}

function ManagedApiKeys({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const create = useCreateApiKey(environmentId);
  const [isCreating, setIsCreating] = useState(false);
  return (
    <SettingsGroup
      title={t('environments.keys')}
      hint={t('keys.intro')}
      action={
        <Button
          variant="contained"
          startIcon={<AddRounded />}
          onClick={() => setIsCreating(true)}
          sx={{ flexShrink: 0 }}
        >
          {t('keys.new')}
        </Button>
      }
    >
      <KeyList environmentId={environmentId} />
      <ApiKeyDialog
        isOpen={isCreating}
        isBusy={create.isPending}
        error={create.error}
        onClose={() => setIsCreating(false)}
        onDraft={(draft) => create.mutate(draft, { onSuccess: () => setIsCreating(false) })}
      />
      <SecretDialog
        title={t('keys.created')}
        values={
          create.data && [
            { label: t('keys.apiKey'), value: create.data.apiKey },
            { label: t('keys.apiSecret'), value: create.data.apiSecret },
          ]
        }
        onClose={create.reset}
      />
    </SettingsGroup>
  );
}

function KeyList({ environmentId }: { environmentId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(apiKeysQuery(environmentId));
  const revoke = useRevokeApiKey(environmentId);
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={120} />;
  return (
    <>
      {data.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('keys.empty')}
        </Typography>
      )}
      <Box component="ul" aria-label={t('environments.keys')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data.map((key) => (
          <KeyLine key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
      </Box>
      <ConfirmDialog
        isOpen={revoking !== null}
        title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
        text={t('keys.revokeText')}
        confirmLabel={t('keys.revoke')}
        isBusy={revoke.isPending}
        error={revoke.error}
        onClose={() => setRevoking(null)}
        onConfirm={() => revoking && revoke.mutate(revoking.id, { onSuccess: () => setRevoking(null) })}
      />
    </>
  );
}

function KeyLine({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: () => void }) {
  const { t } = useTranslation();
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: 2,
        py: 1.75,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="h3" component="p">
          {apiKey.name}
        </Typography>
        <Box sx={{ fontFamily: MONOSPACE, fontSize: 13, color: 'text.secondary', wordBreak: 'break-all' }}>
          {apiKey.apiKey}
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, my: 0.75 }}>
          {apiKey.scopes.map((scope) => (
            <Chip key={scope} size="small" label={scope} sx={{ fontFamily: MONOSPACE, fontSize: 12 }} />
          ))}
        </Box>
        <KeyDates apiKey={apiKey} />
      </Box>
      <Button color="error" onClick={onRevoke} sx={{ flexShrink: 0 }}>
        {t('keys.revoke')}
      </Button>
    </Box>
  );
}

function KeyDates({ apiKey }: { apiKey: ApiKeyView }) {
  const { t, i18n } = useTranslation();
  const used = apiKey.lastUsedAt
    ? t('keys.lastUsed', { time: relativeTime(apiKey.lastUsedAt, i18n.language) })
    : t('keys.neverUsed');
  return (
    <Typography variant="caption" color="textSecondary">
      {used} · {useExpiryText(apiKey)}
    </Typography>
  );
}

function useExpiryText({ expiresAt }: ApiKeyView): string {
  const { t, i18n } = useTranslation();
  if (!expiresAt) return t('keys.neverExpires');
  if (Date.parse(expiresAt) < Date.now()) return t('keys.expired');
  return t('keys.expiresAt', { time: dateTime(expiresAt, i18n.language) });
}
