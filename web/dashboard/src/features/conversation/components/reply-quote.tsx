import { plainText } from '@fast-light-chat/sdk/markdown';
import type { Timeline } from '@fast-light-chat/sdk';
import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { userName } from '../../../lib/conversations/conversation-name';
import type { MessageView } from '../../../lib/wire';
import { useTalk } from './talk';

/** Long enough to know it again. */
const EXCERPT = 140;

export function excerptOf(message: MessageView, t: TFunction): string {
  if (message.deletedAt) return t('conversation.deleted');
  const text = plainText(message.content).replace(/\s+/g, ' ').trim();
  return text.slice(0, EXCERPT) || (message.attachments[0]?.name ?? '');
}

interface ReplyQuoteProps {
  replyToId: string;
  timeline: Timeline;
}

/** In a message: what it answers. Leads there, also when it has to be loaded first. */
export function ReplyQuote({ replyToId, timeline }: ReplyQuoteProps) {
  const { t } = useTranslation();
  const { seek } = useTalk();
  const original = useMemo(() => messageIn(timeline, replyToId), [timeline, replyToId]);
  return (
    <ButtonBase
      onClick={() => seek(replyToId)}
      sx={{
        display: 'block',
        width: '100%',
        mb: 0.5,
        pl: 1,
        textAlign: 'left',
        fontFamily: 'inherit',
        borderLeft: '3px solid color-mix(in srgb, currentColor 45%, transparent)',
        fontSize: 13,
        lineHeight: 1.45,
        whiteSpace: 'normal',
      }}
    >
      {original ? (
        <>
          <Box component="span" sx={{ display: 'block', fontWeight: 700 }}>
            {userName(original.sender, t)}
          </Box>
          <Box component="span" sx={twoLinesSx}>
            {excerptOf(original, t)}
          </Box>
        </>
      ) : (
        t('message.earlier')
      )}
    </ButtonBase>
  );
}

function messageIn(timeline: Timeline, messageId: string): MessageView | null {
  const item = timeline.items.find((one) => one.kind === 'message' && one.message.id === messageId);
  return item?.kind === 'message' ? item.message : null;
}

/** Above the field: what is about to be answered. */
export function ReplyBar({ message, onCancel }: { message: MessageView; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: 1,
        pl: 1.75,
        pr: 0.5,
        pt: 0.75,
        fontSize: 13,
        lineHeight: 1.45,
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0, pl: 1, borderLeft: '3px solid', borderColor: 'primary.main' }}>
        <Box sx={{ fontWeight: 700 }}>{t('message.replyingTo', { name: userName(message.sender, t) })}</Box>
        <Box sx={{ ...twoLinesSx, opacity: 0.8 }}>{excerptOf(message, t)}</Box>
      </Box>
      <IconButton size="small" color="inherit" aria-label={t('message.cancelReply')} onClick={onCancel}>
        <CloseRounded fontSize="small" />
      </IconButton>
    </Box>
  );
}

const twoLinesSx = {
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
} as const;
