import type { Timeline } from '@fast-light-chat/sdk';
import CloseRounded from '@mui/icons-material/CloseRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../lib/error-text';
import { isComposing } from '../../../lib/keys';
import type { MessageView } from '../../../lib/wire';
import type { Receipt } from '../hooks/receipts';
import { useThread } from '../hooks/use-thread';
import { useThreadPlace } from '../hooks/use-thread-place';
import { MessageBubble } from './message-bubble';
import { PendingBubble } from './pending-bubble';
import { useTalk } from './talk';
import { ThreadComposer } from './thread-composer';

interface ThreadProps {
  timeline: Timeline;
  receipts: ReadonlyMap<number, Receipt>;
}

interface ThreadPanelProps extends ThreadProps {
  /** There is room beside the conversation. Else it lies over it. */
  isBeside: boolean;
}

/** A message and what was answered to it. */
export function ThreadPanel({ isBeside, timeline, receipts }: ThreadPanelProps) {
  const { t } = useTranslation();
  const { threadRootId, openThread } = useTalk();
  if (threadRootId === null) return null;
  const close = () => openThread(null);
  const content = (
    <>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', pl: 2, pr: 1, height: 64 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {t('message.threadTitle')}
        </Typography>
        <IconButton aria-label={t('common.close')} onClick={close}>
          <CloseRounded />
        </IconButton>
      </Box>
      <Divider />
      <ThreadMessages key={threadRootId} rootId={threadRootId} timeline={timeline} receipts={receipts} />
    </>
  );
  if (isBeside) return <Beside onClose={close}>{content}</Beside>;
  return (
    <Drawer
      open
      anchor="right"
      onClose={close}
      slotProps={{ paper: { 'aria-label': t('message.threadTitle'), sx: { width: 'min(460px, 100vw)' } } }}
    >
      {content}
    </Drawer>
  );
}

/** Escape closes it, and the focus goes back to where it was opened from. */
function Beside({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const [opener] = useState(findOpener);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
  return (
    <Box
      component="aside"
      aria-label={t('message.threadTitle')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isComposing(event)) onClose();
      }}
      sx={{
        width: 400,
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        borderLeft: 1,
        borderColor: 'divider',
      }}
    >
      {children}
    </Box>
  );
}

/** An item of a menu is gone by then: it was opened from the menu's button. */
function findOpener(): Element | null {
  const focused = document.activeElement;
  return focused?.closest('[role="menu"]')
    ? document.querySelector('[aria-haspopup="menu"][aria-expanded="true"]')
    : focused;
}

function ThreadMessages({ rootId, timeline, receipts }: ThreadProps & { rootId: string }) {
  const { t } = useTranslation();
  const { conversation, handle, canAnswer } = useTalk();
  const { root, replies, pending, isLoading, error } = useThread(conversation.id, rootId, timeline);
  const scroller = useRef<HTMLDivElement>(null);
  const count = replies.length + pending.length;
  useThreadPlace(scroller, count, !isLoading);
  const bubble = (message: MessageView) => (
    <MessageBubble
      key={message.id}
      row={{ kind: 'message', key: message.id, message, isFirstOfGroup: true, isLastOfGroup: true }}
      conversation={conversation}
      receipt={receipts.get(message.seq)}
    />
  );
  return (
    <>
      <Box ref={scroller} sx={{ flex: 1, minHeight: 0, overflowY: 'auto', px: 2, pb: 2 }}>
        {root && bubble(root)}
        <Divider sx={{ my: 1.5 }} />
        {error !== null && <Alert severity="error">{errorText(error, t)}</Alert>}
        {replies.map(bubble)}
        {pending.map((item) => (
          <PendingBubble
            key={item.key}
            row={{ kind: 'pending', key: item.key, item, isFirstOfGroup: true }}
            handle={handle}
          />
        ))}
      </Box>
      {canAnswer && root && !root.deletedAt && <ThreadComposer root={root} timeline={timeline} />}
    </>
  );
}
