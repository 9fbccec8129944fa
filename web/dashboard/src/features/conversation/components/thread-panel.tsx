import type { Timeline } from '@fast-light-chat/sdk';
import CloseRounded from '@mui/icons-material/CloseRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../lib/error-text';
import type { MessageView } from '../../../lib/wire';
import type { Receipt } from '../hooks/receipts';
import { useThread } from '../hooks/use-thread';
import { useThreadPlace } from '../hooks/use-thread-place';
import { MessageBubble } from './message-bubble';
import { PendingBubble } from './pending-bubble';
import { useTalk } from './talk';
import { ThreadComposer } from './thread-composer';

interface ThreadPanelProps {
  timeline: Timeline;
  receipts: ReadonlyMap<number, Receipt>;
}

/** A message and what was answered to it, beside the conversation. */
export function ThreadPanel({ timeline, receipts }: ThreadPanelProps) {
  const { t } = useTranslation();
  const { threadRootId, openThread } = useTalk();
  if (threadRootId === null) return null;
  return (
    <Drawer
      open
      anchor="right"
      onClose={() => openThread(null)}
      slotProps={{ paper: { 'aria-label': t('message.threadTitle'), sx: { width: 'min(460px, 100vw)' } } }}
    >
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', pl: 2, pr: 1, height: 56 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {t('message.threadTitle')}
        </Typography>
        <IconButton aria-label={t('common.close')} onClick={() => openThread(null)}>
          <CloseRounded />
        </IconButton>
      </Box>
      <Divider />
      <ThreadMessages rootId={threadRootId} timeline={timeline} receipts={receipts} />
    </Drawer>
  );
}

function ThreadMessages({ rootId, timeline, receipts }: ThreadPanelProps & { rootId: string }) {
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
