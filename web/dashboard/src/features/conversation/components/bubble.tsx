import LockRounded from '@mui/icons-material/LockRounded';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface BubbleProps {
  /** Ours stand on the right. */
  isOurs: boolean;
  isOwn: boolean;
  isPrivate: boolean;
  isFaint?: boolean;
  children: ReactNode;
}

/** A private note differs in color, border, label and icon: by each alone it can be told from a reply. */
export function Bubble({ isOurs, isOwn, isPrivate, isFaint, children }: BubbleProps) {
  const { t } = useTranslation();
  return (
    <Box
      sx={{
        alignSelf: isOurs ? 'flex-end' : 'flex-start',
        maxWidth: '100%',
        px: 1.75,
        py: 1,
        borderRadius: 2,
        fontSize: 14.5,
        lineHeight: 1.55,
        // Paler in hue alone: with less opacity it could not be read by everybody.
        filter: isFaint ? 'saturate(0.5)' : undefined,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        // Each paragraph in the direction of its own script.
        '&, & p, & li': { unicodeBidi: 'plaintext' },
        ...colorsOf(isOurs, isOwn, isPrivate),
      }}
    >
      {isPrivate && (
        <Box
          sx={{ display: 'flex', alignItems: 'center', gap: 0.5, mb: 0.25, fontSize: 12, fontWeight: 700 }}
        >
          <LockRounded aria-hidden sx={{ fontSize: 14 }} />
          {t('conversation.note')}
        </Box>
      )}
      {children}
    </Box>
  );
}

/** In the color of its bubble, which differs from bubble to bubble and from theme to theme. */
export function Quiet({ component, children }: { component: 'em' | 'small'; children: ReactNode }) {
  return (
    <Box component={component} sx={{ opacity: 0.8, fontSize: component === 'small' ? 11.5 : undefined }}>
      {children}
    </Box>
  );
}

function colorsOf(isOurs: boolean, isOwn: boolean, isPrivate: boolean) {
  if (isPrivate) {
    return { bgcolor: 'note.surface', color: 'note.text', border: '1px dashed', borderColor: 'note.border' };
  }
  if (isOwn) return { bgcolor: 'surface.own', color: 'surface.ownText' };
  return { bgcolor: isOurs ? 'primary.light' : 'surface.bubble', color: 'text.primary' };
}
