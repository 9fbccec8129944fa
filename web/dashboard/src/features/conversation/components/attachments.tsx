import DownloadRounded from '@mui/icons-material/DownloadRounded';
import InsertDriveFileOutlined from '@mui/icons-material/InsertDriveFileOutlined';
import Box from '@mui/material/Box';
import { useRef, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../lib/file-size';
import type { MessageView } from '../../../lib/wire';
import { useFreshFile } from '../hooks/use-fresh-file';

type Attachment = MessageView['attachments'][number];

export function Attachments({ attachments }: Pick<MessageView, 'attachments'>) {
  return attachments.map((file) => <AttachedFile key={file.id} file={file} />);
}

function AttachedFile({ file }: { file: Attachment }) {
  const [kind] = file.mimeType.split('/');
  if (file.thumbnailUrl) return <Picture file={file} />;
  return (
    <>
      {(kind === 'audio' || kind === 'video') && <Player file={file} kind={kind} />}
      <FileRow file={file} />
    </>
  );
}

/** Goes on where it was when its link ended. */
function Player({ file: given, kind }: { file: Attachment; kind: 'audio' | 'video' }) {
  const { file, renew } = useFreshFile(given);
  const left = useRef({ at: 0, isPlaying: false });
  const leave = ({ currentTarget: { currentTime, paused } }: SyntheticEvent<HTMLMediaElement>) => {
    left.current = { at: currentTime, isPlaying: !paused };
    renew();
  };
  const goOn = ({ currentTarget: player }: SyntheticEvent<HTMLMediaElement>) => {
    const { at, isPlaying } = left.current;
    left.current = { at: 0, isPlaying: false };
    if (at > 0) player.currentTime = at;
    // A browser may want another click first.
    if (isPlaying) player.play().catch(() => undefined);
  };
  return (
    <Box
      component={kind}
      src={file.url}
      aria-label={file.name}
      controls
      preload="metadata"
      playsInline
      onError={leave}
      onLoadedMetadata={goOn}
      sx={{ display: 'block', mt: 0.5, width: 320, maxWidth: '100%', maxHeight: 320, borderRadius: 1 }}
    />
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
