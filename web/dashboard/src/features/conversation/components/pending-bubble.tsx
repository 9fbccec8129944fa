import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded';
import ScheduleRounded from '@mui/icons-material/ScheduleRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ConversationHandle, PendingItem } from '@fast-light-chat/sdk';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../lib/error-text';
import type { PendingRow } from '../hooks/timeline-rows';
import { Attachments } from './attachments';
import { Bubble } from './bubble';
import { RichText } from './rich-text';

/** Sent by oneself and not yet acknowledged. */
export function PendingBubble({ row, handle }: { row: PendingRow; handle: ConversationHandle }) {
  const { item, isFirstOfGroup } = row;
  return (
    <Box sx={{ display: 'flex', justifyContent: 'flex-end', pt: isFirstOfGroup ? 1.25 : 0.375 }}>
      <Box sx={{ display: 'flex', flexDirection: 'column', minWidth: 0, maxWidth: 'min(600px, 82%)' }}>
        <Bubble isOurs isOwn isPrivate={item.private} isFaint>
          {item.content && <RichText text={item.content} meant={item} />}
          {item.attachments && <Attachments attachments={item.attachments} />}
        </Bubble>
        {item.state === 'failed' ? <Failed item={item} handle={handle} /> : <OnItsWay item={item} />}
      </Box>
    </Box>
  );
}

function OnItsWay({ item: { state, error } }: { item: PendingItem }) {
  const { t } = useTranslation();
  const isSlowed = state === 'waiting' && error?.code === 'chat.slow_mode';
  return (
    <Box sx={{ ...lineSx, color: 'text.secondary' }}>
      <ScheduleRounded aria-hidden sx={{ fontSize: 13 }} />
      {t(isSlowed ? 'conversation.slowed' : `conversation.${state}`)}
    </Box>
  );
}

function Failed({ item, handle }: { item: PendingItem; handle: ConversationHandle }) {
  const { t } = useTranslation();
  const reason = item.error ? errorText(item.error, t) : null;
  return (
    <Box role="alert" sx={{ ...lineSx, color: 'error.main', flexWrap: 'wrap' }}>
      <ErrorOutlineRounded aria-hidden sx={{ fontSize: 15 }} />
      <span>
        {t('conversation.failed')}
        {reason && `: ${reason}`}
      </span>
      <Button size="small" onClick={() => handle.retry(item.clientMessageId)}>
        {t('conversation.retry')}
      </Button>
      <Button size="small" color="error" onClick={() => handle.discard(item.clientMessageId)}>
        {t('conversation.discard')}
      </Button>
    </Box>
  );
}

const lineSx = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: 0.5,
  mt: 0.375,
  fontSize: 12,
} as const;
