import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkPreview } from '../../../lib/wire';

interface LinkPreviewsProps {
  previews: readonly LinkPreview[];
  isOurs: boolean;
}

/** Under a message: what its links lead to, as those pages say it themselves. */
export function LinkPreviews({ previews, isOurs }: LinkPreviewsProps) {
  const { t } = useTranslation();
  if (previews.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={t('message.linkPreviews')}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: isOurs ? 'flex-end' : 'flex-start',
        gap: 0.5,
        m: 0,
        mt: 0.5,
        p: 0,
        listStyle: 'none',
      }}
    >
      {previews.map((preview) => (
        <Box component="li" key={preview.url} sx={{ width: 'min(420px, 100%)' }}>
          <PreviewCard preview={preview} />
        </Box>
      ))}
    </Box>
  );
}

function PreviewCard({ preview }: { preview: LinkPreview }) {
  const { url, title, description, siteName } = preview;
  return (
    <Box
      component="a"
      href={url}
      title={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      sx={{
        display: 'flex',
        overflow: 'hidden',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1.5,
        bgcolor: 'background.paper',
        color: 'text.primary',
        textDecoration: 'none',
        '&:hover': { bgcolor: 'surface.sunken' },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0, px: 1.5, py: 1, fontSize: 13, lineHeight: 1.45 }}>
        <Box sx={{ ...linesSx(1), fontSize: 12, color: 'text.secondary' }}>{siteName || hostOf(url)}</Box>
        <Box sx={{ ...linesSx(2), fontWeight: 600 }}>{title}</Box>
        {description && <Box sx={{ ...linesSx(2), color: 'text.secondary' }}>{description}</Box>}
      </Box>
      <PreviewImage url={preview.imageUrl} />
    </Box>
  );
}

/** From a host that is not ours: it is not told who looks, and nothing is shown where it answers nothing. */
function PreviewImage({ url }: { url: string | null }) {
  const [isBroken, setIsBroken] = useState(false);
  if (!url?.startsWith('https:') || isBroken) return null;
  return (
    <Box
      component="img"
      src={url}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setIsBroken(true)}
      sx={{ width: 92, alignSelf: 'stretch', flexShrink: 0, objectFit: 'cover', bgcolor: 'surface.sunken' }}
    />
  );
}

function hostOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}

const linesSx = (most: number) =>
  ({
    display: '-webkit-box',
    WebkitLineClamp: most,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  }) as const;
