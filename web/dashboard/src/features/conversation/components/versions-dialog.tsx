import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../../components/ui/state-message';
import { dateTime } from '../../../lib/time';
import type { MessageVersionView, MessageView } from '../../../lib/wire';
import { messageVersionsQuery } from '../api/message-versions';
import { RichText } from './rich-text';

interface VersionsDialogProps {
  message: MessageView;
  onClose: () => void;
}

/** What a message said before, the latest first. */
export function VersionsDialog({ message, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm">
      <DialogTitle id={titleId}>{t('message.versionsTitle')}</DialogTitle>
      <DialogContent>
        <Versions message={message} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Versions({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messageVersionsQuery(message));
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <VersionsLoading />;
  if (data.items.length === 0) {
    return <Typography color="textSecondary">{t('message.noVersions')}</Typography>;
  }
  return (
    <Box component="ol" sx={{ display: 'grid', gap: 1.5, m: 0, p: 0, listStyle: 'none' }}>
      {data.items.toReversed().map((version) => (
        <Version key={version.writtenAt} version={version} />
      ))}
    </Box>
  );
}

function Version({ version }: { version: MessageVersionView }) {
  const { i18n } = useTranslation();
  return (
    <li>
      <Typography component="time" variant="caption" color="textSecondary" dateTime={version.writtenAt}>
        {dateTime(version.writtenAt, i18n.language)}
      </Typography>
      <Box
        sx={{
          mt: 0.25,
          px: 1.75,
          py: 1,
          borderRadius: 1.5,
          bgcolor: 'surface.bubble',
          fontSize: 14.5,
          lineHeight: 1.55,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        <RichText text={version.content} />
      </Box>
    </li>
  );
}

function VersionsLoading() {
  const { t } = useTranslation();
  return (
    <Box role="status" aria-label={t('common.loading')}>
      <Skeleton width="30%" />
      <Skeleton variant="rounded" height={44} />
    </Box>
  );
}
