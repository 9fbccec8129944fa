import { plainText } from '@fast-light-chat/sdk/markdown';
import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { senderIn, userName } from '../../../lib/conversations/conversation-name';
import type { MessageView } from '../../../lib/wire';
import { useMessage } from '../hooks/use-message';
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
}

/** In a message: what it answers. Leads there, also when it has to be loaded first. */
export function ReplyQuote({ replyToId }: ReplyQuoteProps) {
  const { t } = useTranslation();
  const { conversation, seek, leadTo } = useTalk();
  const original = useMessage(replyToId);
  return (
    <ButtonBase
      onClick={() => (original ? leadTo(original) : seek({ id: replyToId, seq: null }))}
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
            {userName(senderIn(conversation, original), t)}
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

/** Above the field: what is about to be answered. */
export function ReplyBar({ message, onCancel }: { message: MessageView; onCancel: () => void }) {
  const { t } = useTranslation();
  const { conversation } = useTalk();
  const name = userName(senderIn(conversation, message), t);
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
        <Box sx={{ fontWeight: 700 }}>{t('message.replyingTo', { name })}</Box>
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
  textAlign: 'start',
  unicodeBidi: 'plaintext',
} as const;
