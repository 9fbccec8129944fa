import DoneAllRounded from '@mui/icons-material/DoneAllRounded';
import Box from '@mui/material/Box';
import type { Timeline } from '@fast-light-chat/sdk';
import { Children, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelf } from '../../../lib/self';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { newestSeenSeq } from '../hooks/timeline-rows';

interface ReceiptProps {
  message: MessageView;
  conversation: ConversationView;
  timeline: Timeline;
  isOurs: boolean;
  /** The time of sending, and that it is pinned. */
  children: ReactNode;
}

/** The line under a message: when it was sent and, under the newest one that was seen, that it was. */
export function Receipt({ message, conversation, timeline, isOurs, children }: ReceiptProps) {
  const text = useReceiptText(message, conversation, timeline);
  const isEmpty = Children.toArray(children).length === 0;
  if (isEmpty && !text) return null;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: isOurs ? 'flex-end' : 'flex-start',
        gap: 0.75,
        mt: 0.375,
        fontSize: 11.5,
        color: 'text.secondary',
      }}
    >
      {children}
      {text && (
        <Box
          component="span"
          sx={{
            display: 'inline-flex',
            alignItems: 'center',
            gap: 0.25,
            color: 'primary.main',
            fontWeight: 600,
          }}
        >
          <DoneAllRounded aria-hidden sx={{ fontSize: 14 }} />
          {text}
        </Box>
      )}
    </Box>
  );
}

function useReceiptText(
  message: MessageView,
  conversation: ConversationView,
  timeline: Timeline,
): string | null {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  if (conversation.kind === 'support') {
    const isReceipted = (one: MessageView) =>
      one.sender.type === 'agent' && !one.private && one.type !== 'system';
    const seenSeq = newestSeenSeq(timeline, `user:${conversation.user?.id ?? ''}`, isReceipted);
    return seenSeq === message.seq ? t('conversation.read') : null;
  }
  if (message.sender.id !== selfId) return null;
  const isOwn = (one: MessageView) => one.sender.id === selfId;
  const readers = conversation.participants
    .filter((participant) => participant.id !== selfId)
    .filter(({ type, id }) => newestSeenSeq(timeline, `${type}:${id}`, isOwn) === message.seq);
  if (readers.length === 0) return null;
  return conversation.kind === 'direct'
    ? t('conversation.read')
    : t('conversation.readBy', { count: readers.length });
}
