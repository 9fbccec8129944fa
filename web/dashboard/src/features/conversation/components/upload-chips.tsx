import CloseRounded from '@mui/icons-material/CloseRounded';
import ReplayRounded from '@mui/icons-material/ReplayRounded';
import type { Upload } from '@fast-light-chat/sdk';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../lib/error-text';
import { fileSize } from '../../../lib/file-size';
import type { AttachmentView } from '../../../lib/wire';
import { useFreshFile } from '../hooks/use-fresh-file';

interface UploadChipsProps {
  uploads: readonly Upload[];
  onRetry: (key: number) => void;
  onRemove: (key: number) => void;
}

export function UploadChips({ uploads, onRetry, onRemove }: UploadChipsProps) {
  const { t } = useTranslation();
  if (uploads.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={t('composer.files')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, m: 0, px: 1.5, pt: 1, listStyle: 'none' }}
    >
      {uploads.map((upload) => (
        <UploadChip
          key={upload.key}
          upload={upload}
          onRetry={() => onRetry(upload.key)}
          onRemove={() => onRemove(upload.key)}
        />
      ))}
    </Box>
  );
}

/** Its link may have ended: the file may have waited here for longer than that. */
function Thumbnail({ attachment }: { attachment: AttachmentView }) {
  const { file, renew } = useFreshFile(attachment);
  if (!file.thumbnailUrl) return null;
  return (
    <Box
      component="img"
      src={file.thumbnailUrl}
      alt=""
      onError={renew}
      sx={{ width: 36, height: 36, mr: 1, flexShrink: 0, objectFit: 'cover', borderRadius: 0.5 }}
    />
  );
}

interface UploadChipProps {
  upload: Upload;
  onRetry: () => void;
  onRemove: () => void;
}

function UploadChip({ upload, onRetry, onRemove }: UploadChipProps) {
  const { t, i18n } = useTranslation();
  const { name, size, file, progress, attachment, error } = upload;
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        display: 'flex',
        alignItems: 'center',
        maxWidth: 260,
        pl: 1.25,
        overflow: 'hidden',
        border: '1px solid',
        borderColor: error ? 'error.main' : 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        color: 'text.primary',
        fontSize: 13,
        lineHeight: 1.35,
      }}
    >
      {attachment && <Thumbnail attachment={attachment} />}
      <Box sx={{ flex: 1, minWidth: 0, py: 0.5 }}>
        <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{name}</Box>
        {error ? (
          <Box role="alert" sx={{ fontSize: 12, color: 'error.main' }}>
            {errorText(error, t, {
              'files.unsupported_type': t('composer.fileType'),
              'common.payload_too_large': t('composer.fileSize'),
              'client.upload_lost': t('composer.fileLost'),
            })}
          </Box>
        ) : (
          <Box sx={{ fontSize: 12, color: 'text.secondary' }}>{fileSize(size, i18n.language)}</Box>
        )}
      </Box>
      {error !== undefined && file && (
        <IconButton size="small" aria-label={t('composer.fileRetry', { name })} onClick={onRetry}>
          <ReplayRounded fontSize="small" />
        </IconButton>
      )}
      <IconButton size="small" aria-label={t('composer.fileRemove', { name })} onClick={onRemove}>
        <CloseRounded fontSize="small" />
      </IconButton>
      {!attachment && error === undefined && (
        <LinearProgress
          variant="determinate"
          value={progress * 100}
          aria-label={t('composer.fileSending', { name })}
          sx={{ position: 'absolute', left: 0, right: 0, bottom: 0, height: 3 }}
        />
      )}
    </Box>
  );
}
