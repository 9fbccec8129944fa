import BlockRounded from '@mui/icons-material/BlockRounded';
import DownloadRounded from '@mui/icons-material/DownloadRounded';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { DownloadDialog } from '../../../components/ui/download-dialog';
import { PanelSection } from '../../../components/ui/panel-section';
import { Reasoned } from '../../../components/ui/reasoned';
import { showError } from '../../../components/ui/toast';
import { userName } from '../../../lib/conversations/conversation-name';
import { useCan } from '../../../lib/self';
import { dateTime } from '../../../lib/time';
import type { UserView } from '../../../lib/wire';
import { useBlockUser } from '../api/user-mutations';
import { EraseButton } from './erase-button';

/** What can be done about a user. */
export function UserControls({ user, onErased }: { user: UserView; onErased: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <PanelSection title={t('user.controls')}>
      <Stack spacing={1} sx={{ alignItems: 'flex-start' }}>
        {user.blockedAt && (
          <Alert severity="warning" icon={<BlockRounded fontSize="small" />} sx={{ width: '100%' }}>
            {t('user.blockedSince', { time: dateTime(user.blockedAt, i18n.language) })}
          </Alert>
        )}
        <BlockButton user={user} />
        <ExportButton userId={user.id} />
        <EraseButton user={user} onErased={onErased} />
      </Stack>
    </PanelSection>
  );
}

function BlockButton({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const canBlock = useCan('user.block');
  const [isConfirming, setIsConfirming] = useState(false);
  const { mutate, isPending, error } = useBlockUser(user.id);
  const isBlocked = user.blockedAt !== null;
  const close = () => setIsConfirming(false);
  return (
    <>
      <Reasoned reason={!canBlock && t('errors.forbidden')}>
        <Button
          size="small"
          variant="outlined"
          color={isBlocked ? 'primary' : 'error'}
          disabled={!canBlock}
          loading={isPending}
          loadingPosition="start"
          startIcon={<BlockRounded />}
          onClick={() => (isBlocked ? mutate(false, { onError: showError }) : setIsConfirming(true))}
        >
          {t(isBlocked ? 'user.unblock' : 'user.block')}
        </Button>
      </Reasoned>
      <ConfirmDialog
        isOpen={isConfirming}
        title={t('user.blockTitle', { name: userName({ id: user.id, name: user.profile.name ?? '' }, t) })}
        text={t('user.blockText')}
        confirmLabel={t('user.block')}
        isBusy={isPending}
        error={error}
        onConfirm={() => mutate(true, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}

function ExportButton({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const canExport = useCan('user.export');
  const [isExporting, setIsExporting] = useState(false);
  return (
    <>
      <Reasoned reason={!canExport && t('errors.forbidden')}>
        <Button
          size="small"
          variant="outlined"
          color="secondary"
          disabled={!canExport}
          startIcon={<DownloadRounded />}
          onClick={() => setIsExporting(true)}
        >
          {t('user.export')}
        </Button>
      </Reasoned>
      {isExporting && (
        <DownloadDialog
          title={t('user.export')}
          path={`/v1/users/${userId}/export`}
          onClose={() => setIsExporting(false)}
        />
      )}
    </>
  );
}
