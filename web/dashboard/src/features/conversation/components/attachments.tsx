import DownloadRounded from '@mui/icons-material/DownloadRounded';
import InsertDriveFileOutlined from '@mui/icons-material/InsertDriveFileOutlined';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../lib/file-size';
import type { MessageView } from '../../../lib/wire';
import { useFreshFile } from '../hooks/use-fresh-file';

type Attachment = MessageView['attachments'][number];

export function Attachments({ attachments }: Pick<MessageView, 'attachments'>) {
  return attachments.map((file) =>
    file.thumbnailUrl ? <Picture key={file.id} file={file} /> : <FileRow key={file.id} file={file} />,
  );
}

/** Its room is kept before it is loaded, so that nothing jumps. */
function Picture({ file: given }: { file: Attachment }) {
  const { t } = useTranslation();
  const { file, link, renew } = useFreshFile(given);
  const ratio = file.width && file.height ? `${file.width} / ${file.height}` : '4 / 3';
  return (
    <Box
      component="a"
      {...link}
      target="_blank"
      rel="noreferrer"
      aria-label={t('conversation.attachment', { name: file.name })}
      sx={{ display: 'block', mt: 0.5 }}
    >
      <Box
        component="img"
        src={file.thumbnailUrl}
        alt=""
        loading="lazy"
        onError={renew}
        sx={{
          display: 'block',
          width: Math.min(file.width ?? 280, 280),
          maxWidth: '100%',
          maxHeight: 320,
          aspectRatio: ratio,
          objectFit: 'cover',
          borderRadius: 1,
          bgcolor: 'surface.sunken',
        }}
      />
    </Box>
  );
}

function FileRow({ file: given }: { file: Attachment }) {
  const { t, i18n } = useTranslation();
  const { file, link } = useFreshFile(given);
  return (
    <Box
      component="a"
      {...link}
      target="_blank"
      rel="noreferrer"
      aria-label={t('conversation.attachment', { name: file.name })}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        mt: 0.5,
        minHeight: 40,
        color: 'inherit',
        textDecoration: 'none',
      }}
    >
      <InsertDriveFileOutlined aria-hidden fontSize="small" />
      <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
        {file.name}
        <Box component="small" sx={{ display: 'block', opacity: 0.8, fontSize: 12 }}>
          {fileSize(file.size, i18n.language)}
        </Box>
      </Box>
      <DownloadRounded aria-hidden fontSize="small" />
    </Box>
  );
}
