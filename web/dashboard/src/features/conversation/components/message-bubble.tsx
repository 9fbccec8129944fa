import PushPinRounded from '@mui/icons-material/PushPinRounded';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { senderIn, userName } from '../../../lib/conversations/conversation-name';
import { useSelf } from '../../../lib/self';
import { clockTime, dateTime } from '../../../lib/time';
import type { ConversationView, MessageView } from '../../../lib/wire';
import type { Receipt } from '../hooks/receipts';
import type { MessageRow } from '../hooks/timeline-rows';
import { Attachments } from './attachments';
import { Bubble, Quiet } from './bubble';
import { EditForm } from './edit-form';
import { EditedMark } from './edited-mark';
import { HeldContent } from './held-content';
import { LinkPreviews } from './link-previews';
import { MessageActions } from './message-actions';
import { Reactions } from './reactions';
import { ReceiptLine } from './receipt';
import { ReplyQuote } from './reply-quote';
import { RichText } from './rich-text';
import { useTalk } from './talk';
import { ThreadLink } from './thread-link';

interface MessageBubbleProps {
  row: MessageRow;
  conversation: ConversationView;
  receipt: Receipt | undefined;
}

const AVATAR = 30;

export function MessageBubble({ row, conversation, receipt }: MessageBubbleProps) {
  const { message, isFirstOfGroup, isLastOfGroup } = row;
  const { t } = useTranslation();
  const { editingId, foundId } = useTalk();
  const [isPointedAt, setIsPointedAt] = useState(false);
  const isOwn = message.sender.id === useSelf().id;
  const isOurs = conversation.kind === 'support' ? message.sender.type !== 'user' : isOwn;
  const sender = senderIn(conversation, message);
  const name = userName(sender, t);
  return (
    <Box
      component="article"
      aria-label={name}
      data-message-id={message.id}
      data-found={foundId === message.id ? '' : undefined}
      onPointerEnter={() => setIsPointedAt(true)}
      sx={{
        display: 'flex',
        flexDirection: isOurs ? 'row-reverse' : 'row',
        gap: 1,
        pt: isFirstOfGroup ? 1.25 : 0.375,
        borderRadius: 1,
        outline: '2px solid transparent',
        transition: 'background-color 0.4s, outline-color 0.4s',
        // By its frame: more color behind it would make what is small unreadable.
        '&[data-found]': {
          bgcolor: 'action.hover',
          outlineColor: 'var(--mui-palette-primary-main)',
        },
      }}
    >
      {!isOwn && (
        <Box sx={{ width: AVATAR, flexShrink: 0 }}>
          {isFirstOfGroup && <PersonAvatar {...sender} name={name} size={AVATAR} />}
        </Box>
      )}
      <Box sx={{ display: 'flex', flexDirection: 'column', minWidth: 0, maxWidth: 'min(600px, 82%)' }}>
        {isFirstOfGroup && !isOwn && (
          <Box
            sx={{
              mb: 0.375,
              fontSize: 12.5,
              fontWeight: 600,
              color: 'text.secondary',
              textAlign: isOurs ? 'right' : 'left',
            }}
          >
            {name}
          </Box>
        )}
        {editingId === message.id ? (
          <EditForm message={message} />
        ) : (
          <Bubble isOurs={isOurs} isOwn={isOwn} isPrivate={message.private}>
            <Content message={message} />
          </Bubble>
        )}
        {!message.deletedAt && <LinkPreviews previews={message.linkPreviews} isOurs={isOurs} />}
        {message.thread && <ThreadLink message={message} thread={message.thread} isOurs={isOurs} />}
        {!message.deletedAt && <Reactions message={message} isOurs={isOurs} />}
        <ReceiptLine receipt={receipt} isOurs={isOurs}>
          {message.pinned && <Pinned />}
          {isLastOfGroup && <SentAt message={message} />}
        </ReceiptLine>
      </Box>
      {!message.deletedAt && editingId !== message.id && (
        <MessageActions message={message} isPointedAt={isPointedAt} />
      )}
    </Box>
  );
}

function Content({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  if (message.deletedAt) return <Quiet component="em">{t('conversation.deleted')}</Quiet>;
  const said = (
    <>
      {message.replyToId && <ReplyQuote replyToId={message.replyToId} />}
      <RichText text={message.content} meant={message} />
      {message.editedAt && <EditedMark message={message} />}
      <Attachments attachments={message.attachments} />
    </>
  );
  return message.held ? <HeldContent message={message}>{said}</HeldContent> : said;
}

function Pinned() {
  const { t } = useTranslation();
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.25 }}>
      <PushPinRounded aria-hidden sx={{ fontSize: 13 }} />
      {t('message.pinned')}
    </Box>
  );
}

function SentAt({ message }: { message: MessageView }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={message.createdAt} title={dateTime(message.createdAt, i18n.language)}>
      {clockTime(message.createdAt, i18n.language)}
    </time>
  );
}
