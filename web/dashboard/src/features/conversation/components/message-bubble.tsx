import AttachFileRounded from '@mui/icons-material/AttachFileRounded';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Timeline } from '@fast-light-chat/sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import { userName } from '../../../lib/conversations/conversation-name';
import { useSelf } from '../../../lib/self';
import { clockTime, dateTime } from '../../../lib/time';
import type { ConversationView, MessageView } from '../../../lib/wire';
import type { MessageRow } from '../hooks/timeline-rows';
import { Bubble } from './bubble';
import { Reactions } from './reactions';
import { Receipt } from './receipt';

interface MessageBubbleProps {
  row: MessageRow;
  conversation: ConversationView;
  timeline: Timeline;
}

const AVATAR = 30;

export function MessageBubble({ row, conversation, timeline }: MessageBubbleProps) {
  const { message, isFirstOfGroup, isLastOfGroup } = row;
  const { t } = useTranslation();
  const isOwn = message.sender.id === useSelf().id;
  const isOurs = conversation.kind === 'support' ? message.sender.type !== 'user' : isOwn;
  const name = userName(message.sender, t);
  return (
    <Box
      component="article"
      aria-label={name}
      sx={{
        display: 'flex',
        flexDirection: isOurs ? 'row-reverse' : 'row',
        gap: 1,
        pt: isFirstOfGroup ? 1.25 : 0.375,
      }}
    >
      {!isOwn && (
        <Box sx={{ width: AVATAR, flexShrink: 0 }}>
          {isFirstOfGroup && <PersonAvatar {...message.sender} name={name} size={AVATAR} />}
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
        <Bubble isOurs={isOurs} isOwn={isOwn} isPrivate={message.private}>
          <Content message={message} />
        </Bubble>
        {!message.deletedAt && <Reactions reactions={message.reactions} isOurs={isOurs} />}
        <Receipt message={message} conversation={conversation} timeline={timeline} isOurs={isOurs}>
          {isLastOfGroup && <SentAt message={message} />}
        </Receipt>
      </Box>
    </Box>
  );
}

function Content({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  if (message.deletedAt) return <Quiet component="em">{t('conversation.deleted')}</Quiet>;
  return (
    <>
      {message.content}
      {message.editedAt && <Quiet component="small"> {t('conversation.edited')}</Quiet>}
      {message.attachments.map((file) => (
        <Link
          key={file.id}
          href={file.url}
          target="_blank"
          rel="noreferrer"
          color="inherit"
          aria-label={t('conversation.attachment', { name: file.name })}
          sx={{ display: 'flex', alignItems: 'center', gap: 0.5, mt: 0.5 }}
        >
          <AttachFileRounded sx={{ fontSize: 16 }} />
          {file.name}
        </Link>
      ))}
    </>
  );
}

/** In the color of its bubble, which differs from bubble to bubble and from theme to theme. */
function Quiet({ component, children }: { component: 'em' | 'small'; children: ReactNode }) {
  return (
    <Box component={component} sx={{ opacity: 0.8, fontSize: component === 'small' ? 11.5 : undefined }}>
      {children}
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
