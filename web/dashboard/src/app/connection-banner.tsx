import CloudOffRounded from '@mui/icons-material/CloudOffRounded';
import SyncRounded from '@mui/icons-material/SyncRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useChatClient, useConnection } from '@fast-light-chat/sdk/react';
import { Spoken } from '../components/ui/spoken';
import { useCatchUpStore } from '../lib/catch-up';

/** Honest about the connection: silence would let an agent believe that nobody writes. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const client = useChatClient();
  const text = useBannerText();
  if (!text) return null;
  const Icon = text.isTrouble ? CloudOffRounded : SyncRounded;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 1,
        px: 2,
        py: 0.75,
        fontSize: 13,
        fontWeight: 600,
        bgcolor: text.isTrouble ? 'warning.main' : 'primary.light',
        color: text.isTrouble ? 'background.default' : 'primary.main',
        '& svg': { fontSize: 17 },
      }}
    >
      <Icon aria-hidden />
      <span role="status">
        {text.countdown ? <Spoken>{text.message}</Spoken> : text.message}
        {text.countdown && <span aria-hidden>{text.countdown}</span>}
      </span>
      {text.countdown && (
        <Button color="inherit" size="small" sx={{ py: 0 }} onClick={() => client.connect()}>
          {t('common.retry')}
        </Button>
      )}
    </Box>
  );
}

interface BannerText {
  message: string;
  /** Seen in its place: it would be read out every second. */
  countdown?: string;
  isTrouble: boolean;
}

function useBannerText(): BannerText | null {
  const { t } = useTranslation();
  const { state, retryAt } = useConnection();
  const isOnline = useIsBrowserOnline();
  const seconds = useRetrySeconds(retryAt);
  const isBehind = useCatchUpStore((store) => store.isBehind);
  if (state === 'ended') return null;
  if (!isOnline) return { message: t('connection.offline'), isTrouble: true };
  if (state === 'reconnecting') {
    const countdown = seconds ? t('connection.reconnectingIn', { count: seconds }) : undefined;
    return { message: t('connection.reconnecting'), countdown, isTrouble: true };
  }
  return isBehind ? { message: t('connection.behind'), isTrouble: false } : null;
}

function useIsBrowserOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

/** Seconds to the next attempt; 0 while one is under way. */
function useRetrySeconds(retryAt: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (retryAt === null) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [retryAt]);
  return retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1_000));
}
