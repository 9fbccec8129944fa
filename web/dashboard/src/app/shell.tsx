import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { useConnection } from '@fast-light-chat/sdk/react';
import { InboxPlaces } from '../features/inbox/components/inbox-places';
import { CommandPalette } from '../features/palette/components/command-palette';
import { ShortcutSheet } from '../features/palette/components/shortcut-sheet';
import { LiveRegion } from '../lib/announcer';
import { useCommandKeys } from '../lib/command-keys';
import { offerOf, useCommands, useCommandStore } from '../lib/commands';
import { ConnectionBanner } from './connection-banner';
import { BottomBar } from './bottom-bar';
import { NavRail } from './nav-rail';
import { SessionEnded } from './session-ended';
import { useUnread } from './use-unread';

export function Shell() {
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  useCommandKeys();
  useGoCommands();
  useUnread();
  const hasEnded = useConnection().state === 'ended';
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
      <CommandPalette />
      <ShortcutSheet />
      <InboxPlaces />
    </Box>
  );
}

/** What can be done from everywhere, as long as no page has its own. The search knows the way back. */
function useGoCommands(): void {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const goTo = (path: string) => () => void navigate(path);
  const goToSearch = () => {
    if (pathname !== '/search') void navigate('/search', { state: { from: pathname + search } });
  };
  const isWriting = useCommandStore(({ runs }) => (runs.writeReply?.length ?? 0) > 0);
  useCommands(
    {
      search: goToSearch,
      goToSearch,
      goToInbox: goTo('/inbox'),
      goToTeam: goTo('/team'),
      goToOverview: goTo('/overview'),
      goToSettings: goTo('/settings'),
      reply: isWriting ? () => offerOf('writeReply')?.() : null,
    },
    true,
  );
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
