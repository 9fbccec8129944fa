import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import BlockRounded from '@mui/icons-material/BlockRounded';
import CloseRounded from '@mui/icons-material/CloseRounded';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { To } from 'react-router';
import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import { useChatClient, useTimeline } from '@fast-light-chat/sdk/react';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { conversationName } from '../../../lib/conversations/conversation-name';
import { conversationQuery, findAnywhere } from '../../../lib/conversations/conversation-queries';
import { isNotFound } from '../../../lib/error-text';
import { useSelf } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { useAnnounceNews } from '../hooks/use-announce-news';
import { receiptsOf, type Receipt } from '../hooks/receipts';
import { BackButton } from './back-button';
import { BehindLine } from './behind-line';
import { BlockedNote } from './blocked-note';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { PaneLoading } from './pane-loading';
import { TalkProvider, useTalk } from './talk';
import { ThreadPanel } from './thread-panel';
import { TimelineView } from './timeline-view';
import { TypingLine } from './typing-line';

interface ConversationPaneProps {
  conversationId: string;
  /** Where the back button of a phone leads. */
  listAddress: To;
  /** The third pane; beside the timeline where there is room, else a drawer. */
  details?: (conversation: ConversationView) => ReactNode;
  /** Access has ended while it was open. Without this, that is said in its place. */
  onLost?: () => void;
}

export function ConversationPane({ conversationId, ...rest }: ConversationPaneProps) {
  const queries = useQueryClient();
  const isLost = useIsLost(conversationId);
  const {
    data: conversation,
    error,
    refetch,
  } = useQuery({
    ...conversationQuery(conversationId),
    enabled: !isLost,
    // As its list has it, it can be shown, and its messages asked for, a whole round trip earlier.
    placeholderData: () => findAnywhere(queries, conversationId),
  });
  if (conversation && !isLost) return <LoadedConversation conversation={conversation} {...rest} />;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      {/* There is no header yet, or none any more; a phone would have no way out. */}
      <Box sx={{ p: { xs: 1, md: 0 } }}>
        <BackButton to={rest.listAddress} />
      </Box>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        {isLost ? <Lost onLost={rest.onLost} /> : <NotLoaded error={error} onRetry={() => void refetch()} />}
      </Box>
    </Box>
  );
}

function NotLoaded({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!error) return <PaneLoading />;
  if (isNotFound(error)) return <Lost />;
  return <ErrorMessage error={error} title={t('conversation.errorTitle')} onRetry={onRetry} />;
}

/** Has access ended while it was open? What was lost before may have been given back since. */
function useIsLost(conversationId: string): boolean {
  const handle = useChatClient().conversation(conversationId);
  const subscribe = useCallback((listener: () => void) => handle.subscribe(listener), [handle]);
  const isLost = useSyncExternalStore(subscribe, () => handle.getSnapshot().status === 'lost');
  const [wasLost, setWasLost] = useState(isLost);
  useEffect(() => {
    if (!isLost) setWasLost(false);
  }, [isLost]);
  return isLost && !wasLost;
}

/** In place of all of it: nothing stays in view, not even its name. */
function Lost({ onLost }: { onLost?: () => void }) {
  const { t } = useTranslation();
  useEffect(() => onLost?.(), [onLost]);
  return (
    <StateMessage
      role="alert"
      icon={<BlockRounded />}
      title={t('conversation.lostTitle')}
      text={t('conversation.lostText')}
    />
  );
}

interface LoadedConversationProps extends Pick<ConversationPaneProps, 'listAddress' | 'details'> {
  conversation: ConversationView;
}

function LoadedConversation({ conversation, listAddress, details }: LoadedConversationProps) {
  const hasRoom = useMediaQuery((theme: Theme) => theme.breakpoints.up('lg'));
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const panel = details?.(conversation);
  return (
    <TalkProvider key={conversation.id} conversation={conversation}>
      <Panes
        conversation={conversation}
        header={
          <ConversationHeader
            conversation={conversation}
            listAddress={listAddress}
            onDetails={panel && !hasRoom ? () => setIsDrawerOpen(true) : undefined}
          />
        }
        panelBeside={hasRoom && panel}
        hasRoom={hasRoom}
      />
      {panel && !hasRoom && (
        <DetailsDrawer isOpen={isDrawerOpen} onClose={() => setIsDrawerOpen(false)}>
          {panel}
        </DetailsDrawer>
      )}
    </TalkProvider>
  );
}

interface PanesProps {
  conversation: ConversationView;
  header: ReactNode;
  panelBeside: ReactNode;
  hasRoom: boolean;
}

/** The conversation, and beside it a thread of it, else its details. */
function Panes({ conversation, header, panelBeside, hasRoom }: PanesProps) {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const { threadRootId } = useTalk();
  const { handle, timeline } = useTimeline(conversation.id);
  const receipts = useMemo(
    () => receiptsOf(timeline, conversation, selfId),
    [timeline, conversation, selfId],
  );
  useAnnounceNews(conversation, timeline, selfId);
  return (
    <Box sx={{ display: 'flex', height: '100%' }}>
      <Box
        component="section"
        aria-label={t('conversation.label', { name: conversationName(conversation, selfId, t) })}
        sx={{ position: 'relative', flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}
      >
        {header}
        <Messages conversation={conversation} handle={handle} timeline={timeline} receipts={receipts} />
      </Box>
      {timeline.status === 'ready' && (
        <ThreadPanel isBeside={hasRoom} timeline={timeline} receipts={receipts} />
      )}
      {panelBeside && threadRootId === null && (
        <Box
          component="aside"
          aria-label={t('conversation.details')}
          sx={{ width: 312, flexShrink: 0, overflowY: 'auto', borderLeft: 1, borderColor: 'divider' }}
        >
          {panelBeside}
        </Box>
      )}
    </Box>
  );
}

interface DetailsDrawerProps {
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

function DetailsDrawer({ isOpen, onClose, children }: DetailsDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      anchor="right"
      open={isOpen}
      onClose={onClose}
      slotProps={{
        paper: { 'aria-label': t('conversation.details'), sx: { width: 'min(360px, 92vw)' } },
      }}
    >
      <DrawerTop onClose={onClose} />
      {children}
    </Drawer>
  );
}

function DrawerTop({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'space-between',
        pl: 2.5,
        pr: 1,
        height: 56,
      }}
    >
      <Typography variant="h2">{t('conversation.details')}</Typography>
      <IconButton aria-label={t('common.close')} onClick={onClose}>
        <CloseRounded />
      </IconButton>
    </Box>
  );
}

interface MessagesProps {
  conversation: ConversationView;
  handle: ConversationHandle;
  timeline: Timeline;
  receipts: ReadonlyMap<number, Receipt>;
}

function Messages({ conversation, handle, timeline, receipts }: MessagesProps) {
  const { t } = useTranslation();
  if (timeline.status === 'loading' || timeline.status === 'lost') return <PaneLoading />;
  if (timeline.status === 'error') {
    return <ErrorMessage error={timeline.error} title={t('conversation.errorTitle')} />;
  }
  return (
    <>
      <BehindLine isBehind={timeline.isBehind} />
      <TimelineView conversation={conversation} handle={handle} timeline={timeline} receipts={receipts} />
      <TypingLine typing={timeline.typing} />
      {conversation.user && <BlockedNote userId={conversation.user.id} />}
      <Composer conversation={conversation} handle={handle} timeline={timeline} />
    </>
  );
}
