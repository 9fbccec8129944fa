import SyncRounded from '@mui/icons-material/SyncRounded';
import Box from '@mui/material/Box';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '@fast-light-chat/sdk/react';

/** What is asked for mostly comes before anybody could read that it is missing. */
const PATIENCE_MS = 1_500;

/** Says that something is known to be missing. Without a connection, the banner of the page says more than that. */
export function BehindLine({ isBehind }: { isBehind: boolean }) {
  const { t } = useTranslation();
  const isOnline = useConnection().state === 'online';
  const isMissing = isBehind && isOnline;
  const [hasWaited, setHasWaited] = useState(false);
  useEffect(() => {
    if (!isMissing) return undefined;
    const timer = setTimeout(() => setHasWaited(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setHasWaited(false);
    };
  }, [isMissing]);
  if (!hasWaited) return null;
  return (
    <Box
      role="status"
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 0.75,
        py: 0.5,
        fontSize: 12.5,
        fontWeight: 600,
        bgcolor: 'primary.light',
        color: 'primary.main',
      }}
    >
      <SyncRounded aria-hidden sx={{ fontSize: 16 }} />
      {t('conversation.behind')}
    </Box>
  );
}
