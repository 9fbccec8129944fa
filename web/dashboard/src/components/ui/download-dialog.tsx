import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadFile } from '../../lib/download';
import { fileSize } from '../../lib/file-size';
import { FormError } from './form-error';
import { showToast } from './toast';

interface DownloadDialogProps {
  title: string;
  path: string;
  onClose: () => void;
}

/** Downloads while it is open: how much has come, and why nothing comes. Closing it stops. */
export function DownloadDialog({ title, path, onClose }: DownloadDialogProps) {
  const { t, i18n } = useTranslation();
  const { bytes, error, retry } = useDownload(path, (name) => {
    showToast(t('downloads.done', { name }));
    onClose();
  });
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        {error ? (
          <FormError error={error} />
        ) : (
          <Stack spacing={1.5}>
            <DialogContentText role="status">
              {bytes === 0
                ? t('downloads.asked')
                : t('downloads.received', { size: fileSize(bytes, i18n.language) })}
            </DialogContentText>
            <LinearProgress aria-label={title} />
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{error ? t('common.close') : t('common.cancel')}</Button>
        {error !== null && (
          <Button variant="contained" onClick={retry}>
            {t('common.retry')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function useDownload(path: string, onDone: (name: string) => void) {
  const [attempt, setAttempt] = useState(0);
  const [bytes, setBytes] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const done = useEffectEvent(onDone);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const fail = (reason: unknown) => signal.aborted || setError(reason);
    downloadFile(path, { onProgress: setBytes, signal }).then((name) => signal.aborted || done(name), fail);
    return () => ending.abort();
  }, [path, attempt]);
  const retry = () => {
    setError(null);
    setBytes(0);
    setAttempt(attempt + 1);
  };
  return { bytes, error, retry };
}
