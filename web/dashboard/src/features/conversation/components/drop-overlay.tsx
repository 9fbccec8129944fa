import UploadFileRounded from '@mui/icons-material/UploadFileRounded';
import Box from '@mui/material/Box';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';

/** Over the conversation while files hang over it. */
export function DropOverlay({ zone }: { zone: HTMLElement }) {
  const { t } = useTranslation();
  return createPortal(
    <Box
      role="status"
      sx={{
        position: 'absolute',
        inset: 8,
        zIndex: 2,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 1,
        border: '2px dashed',
        borderColor: 'primary.main',
        borderRadius: 2,
        bgcolor: 'background.paper',
        color: 'primary.main',
        fontWeight: 600,
        opacity: 0.96,
        // Else it would be what the files hang over, and the conversation would seem to be left.
        pointerEvents: 'none',
      }}
    >
      <UploadFileRounded aria-hidden sx={{ fontSize: 40 }} />
      {t('composer.drop')}
    </Box>,
    zone,
  );
}
