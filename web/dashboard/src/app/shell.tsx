import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { LiveRegion } from '../lib/announcer';
import { useConnectionState } from '../lib/realtime';
import { useSearchKey } from '../lib/use-search-key';
import { ConnectionBanner } from './connection-banner';
import { BottomBar } from './bottom-bar';
import { NavRail } from './nav-rail';
import { SessionEnded } from './session-ended';

export function Shell() {
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  useSearchShortcut();
  const hasEnded = useConnectionState() === 'ended';
  // On a phone a conversation needs the whole height; its own back button leads to the list.
  const isInConversation = useParams().conversationId !== undefined;
  if (hasEnded) return <SessionEnded />;
  return (
    <Box sx={{ display: 'flex', height: '100dvh', overflow: 'hidden' }}>
      <SkipLink />
      {isWide && <NavRail />}
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <ConnectionBanner />
        <Box
          component="main"
          id="main"
          tabIndex={-1}
          sx={{ flex: 1, minHeight: 0, position: 'relative', outline: 'none !important' }}
        >
          <Outlet />
        </Box>
        {!isWide && !isInConversation && <BottomBar />}
      </Box>
      <LiveRegion />
    </Box>
  );
}

/** Leads to the search, which knows the way back. There it is the search's own key. */
function useSearchShortcut(): void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useSearchKey(() => {
    if (pathname !== '/search') void navigate('/search', { state: { from: pathname + search } });
  });
}

function SkipLink() {
  const { t } = useTranslation();
  return (
    <Link
      href="#main"
      sx={{
        position: 'fixed',
        top: -60,
        left: 8,
        zIndex: 'tooltip',
        px: 2,
        py: 1,
        borderRadius: 1,
        bgcolor: 'background.paper',
        border: 1,
        '&:focus': { top: 8 },
      }}
    >
      {t('app.skip')}
    </Link>
  );
}
